//! The cells of a batch as PostgreSQL's text.

use census_types::TextFormatter;
use datafusion::arrow::record_batch::RecordBatch;

/// Gives the text of any cell; each column's type is found out once.
pub struct Cells<'a>(Vec<TextFormatter<'a>>);

impl<'a> Cells<'a> {
    /// Prepares to print a batch.
    pub fn new(batch: &'a RecordBatch) -> anyhow::Result<Self> {
        let fields = batch.schema_ref().fields().iter();
        let formatters = fields
            .zip(batch.columns())
            .map(|(field, array)| TextFormatter::new(field, array))
            .collect::<Result<_, _>>()?;
        Ok(Self(formatters))
    }

    /// Returns a cell's text, or `None` for NULL.
    pub fn text(&self, row: usize, column: usize) -> Option<String> {
        let mut text = String::new();
        self.0[column].write(row, &mut text).then_some(text)
    }
}
