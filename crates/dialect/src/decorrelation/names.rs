//! Names that no statement can contain twice: of the relations that decorrelation makes.

use datafusion::common::{Column, TableReference};
use std::cell::Cell;

/// Counts the relations made in one plan.
#[derive(Debug, Default)]
pub(super) struct Names {
    next: Cell<usize>,
}

impl Names {
    /// Returns the name of a new relation.
    pub(super) fn relation(&self, what: &str) -> TableReference {
        let number = self.next.get() + 1;
        self.next.set(number);
        TableReference::bare(format!("__{what}_{number}"))
    }
}

/// Returns the column of a relation that holds the nth item of a domain.
pub(super) fn key(relation: &TableReference, number: usize) -> Column {
    Column::new(Some(relation.clone()), key_name(relation, number))
}

/// Returns the name of the column that holds the nth item of a domain; no other relation has it.
pub(super) fn key_name(relation: &TableReference, number: usize) -> String {
    format!("{}_{number}", relation.table())
}
