//! Rows of a statement as texts and maps by column name.

use crate::session::Session;
use census_error::{Error, Result};
use census_types::hstore::HstoreArray;
use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use futures::TryStreamExt;

/// The rows of a statement.
pub(super) struct RowSet {
    batches: Vec<RecordBatch>,
}

/// One of them.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    batch: &'a RecordBatch,
    row: usize,
}

impl RowSet {
    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.batches
            .iter()
            .flat_map(|batch| (0..batch.num_rows()).map(move |row| Row { batch, row }))
    }
}

impl Row<'_> {
    /// Returns a text, or `None` where it is NULL.
    pub(super) fn text(self, column: &str) -> Option<String> {
        let column = self.batch.column_by_name(column)?.as_string_opt::<i32>()?;
        column.is_valid(self.row).then(|| column.value(self.row).to_owned())
    }

    /// Returns a text, empty where it is NULL.
    pub(super) fn text_or_empty(self, column: &str) -> String {
        self.text(column).unwrap_or_default()
    }

    /// Returns the entries of an hstore whose values are not NULL.
    pub(super) fn pairs(self, column: &str) -> Vec<(String, String)> {
        let column = self.batch.column_by_name(column).and_then(|column| column.as_map_opt());
        let Some(hstores) = column.and_then(|map| HstoreArray::from_map(map).ok()) else {
            return Vec::new();
        };
        let entries = hstores.entries(self.row);
        entries.filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned()))).collect()
    }
}

impl Session {
    /// Reads all rows of a statement of ours, which gives few.
    pub(super) async fn read(&self, sql: &str) -> Result<RowSet> {
        let batches = self.query(sql).await?.rows.try_collect().await?;
        Ok(RowSet { batches })
    }
}

/// Returns a text as a literal of SQL.
///
/// # Errors
/// 22021 for a text with a zero byte, which no text of SQL holds.
pub(super) fn literal(text: &str) -> Result<String> {
    if text.contains('\0') {
        return Err(Error::new(
            census_error::SqlState::CharacterNotInRepertoire,
            "invalid byte sequence for encoding \"UTF8\": 0x00",
        ));
    }
    Ok(format!("'{}'", text.replace('\'', "''")))
}
