//! `array @> array`.

use super::items::{comparator, item_type, lists_of};
use super::lists::Lists;
use crate::functions::argument::{Argument, Arguments};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::{Array, ArrayRef, DynComparator};
use datafusion::common::Result;
use std::ops::Range;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__array_contains",
    syntax: "",
    summary: "Tells whether every item of the second array is in the first; the operators @> and <@.",
    examples: &[
        Example { sql: "SELECT ARRAY[1, 4, 3] @> ARRAY[3, 1, 3]", prints: "t" },
        Example { sql: "SELECT ARRAY[2, 2, 7] <@ ARRAY[1, 7, 4, 2, 6]", prints: "t" },
        Example { sql: "SELECT ARRAY[1, NULL] @> ARRAY[NULL]::bigint[]", prints: "f" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::AnyArray],
        Parameter::Boolean,
        contains,
    )]),
};

fn contains(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let pair = Pair::new(arguments)?;
    pair.each(arguments.rows(), |left, right| {
        right.into_iter().all(|item| pair.is_among(left.clone(), item))
    })
}

/// Two columns of arrays whose items are compared.
pub(super) struct Pair {
    left: Argument<Lists>,
    right: Argument<Lists>,
    compare: DynComparator,
}

impl Pair {
    /// Takes the two arrays of a call, which have items of one type.
    pub(super) fn new(arguments: &Arguments<'_>) -> Result<Self> {
        let item = item_type(arguments, 2);
        let (left, right) = (lists_of(arguments, 0, &item)?, lists_of(arguments, 1, &item)?);
        let compare = comparator(&left.array.items, &right.array.items)?;
        Ok(Self { left, right, compare })
    }

    /// Answers for each row from where its items are; NULL where an array is.
    pub(super) fn each(
        &self,
        rows: usize,
        answer: impl Fn(Range<usize>, Range<usize>) -> bool,
    ) -> Result<ArrayRef> {
        rows::booleans(rows, |row| {
            let both = self.left.row(row).zip(self.right.row(row));
            Ok(both.map(|(left, right)| {
                answer(self.left.array.range(left), self.right.array.range(right))
            }))
        })
    }

    /// Tells whether an item of the right array is one of the left one; NULL never is.
    pub(super) fn is_among(&self, mut left: Range<usize>, right: usize) -> bool {
        self.right.array.items.is_valid(right)
            && left.any(|item| {
                self.left.array.items.is_valid(item) && (self.compare)(item, right).is_eq()
            })
    }
}
