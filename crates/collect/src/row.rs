//! Rows of a dataset out of the items of its lists, as Arrow batches.

mod cell;
mod moment;
mod tags;

use crate::error::{CollectError, Result};
use crate::lineage::{Item, Lineage, text};
pub(crate) use cell::kind_of;
use cell::{Cell, Misfit};
use census_directory::{Column, ColumnSource, Dataset, Template};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use serde_json::Value;
use std::sync::Arc;

/// Collects rows of one dataset until they are taken as a batch.
pub(crate) struct RowBuilder {
    dataset: Arc<Dataset>,
    schema: SchemaRef,
    cells: Vec<Cell>,
    rows: usize,
}

impl RowBuilder {
    /// Returns a builder of the dataset's schema.
    pub(crate) fn new(dataset: Arc<Dataset>) -> Self {
        let schema = dataset.schema();
        let cells = dataset.columns.iter().map(|column| Cell::new(column.kind)).collect();
        Self { dataset, schema, cells, rows: 0 }
    }

    /// Returns the number of rows not taken yet.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Appends an item listed under `above`, with its key.
    ///
    /// # Errors
    /// A value that does not fit its column; the builder is of no further use then.
    pub(crate) fn append(&mut self, key: &str, item: &Item, above: &Lineage) -> Result<()> {
        for (column, cell) in self.dataset.columns.iter().zip(&mut self.cells) {
            match &column.source {
                ColumnSource::Key => cell.append_text(key),
                ColumnSource::AccountId => cell.append_text(&above.place().account_id),
                ColumnSource::Tags => cell.append_entries(tags::of(&self.dataset, item, above)),
                ColumnSource::Template(template) => {
                    cell.append_text(&render(template, &self.dataset, item, above)?);
                }
                ColumnSource::Member(member) => {
                    let value = item.get(member).unwrap_or(&Value::Null);
                    cell.append(value)
                        .map_err(|misfit| unexpected(&self.dataset, column, member, misfit))?;
                }
                ColumnSource::MemberText(member) => {
                    cell.append_json(item.get(member).unwrap_or(&Value::Null));
                }
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Returns the rows so far as a batch and starts anew.
    ///
    /// # Errors
    /// Columns that are not what the schema says.
    pub(crate) fn take(&mut self) -> Result<RecordBatch> {
        let arrays = self.cells.iter_mut().map(Cell::finish).collect();
        self.rows = 0;
        RecordBatch::try_new(Arc::clone(&self.schema), arrays)
            .map_err(|source| CollectError::Batch { dataset: self.dataset.id.clone(), source })
    }
}

/// Returns the unique id of an item listed under `above`.
///
/// # Errors
/// A member that the key needs is absent.
pub(crate) fn key(dataset: &Dataset, item: &Item, above: &Lineage) -> Result<String> {
    render(&dataset.key, dataset, item, above)
}

/// Built-in variables and ancestors' come first, then the item's own members.
fn render(template: &Template, dataset: &Dataset, item: &Item, above: &Lineage) -> Result<String> {
    let lookup = |variable: &str| match above.variable(variable) {
        Some(value) => Some(value.to_owned()),
        None => text(item.get(dataset.variable_member(variable)?)?),
    };
    template
        .render(lookup)
        .map_err(|source| CollectError::Incomplete { dataset: dataset.id.clone(), source })
}

fn unexpected(dataset: &Dataset, column: &Column, member: &str, misfit: Misfit) -> CollectError {
    CollectError::UnexpectedValue {
        dataset: dataset.id.clone(),
        column: column.name.clone(),
        member: member.to_owned(),
        expected: column.kind.as_str(),
        found: misfit.0,
    }
}
