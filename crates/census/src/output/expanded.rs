//! Rows as psql's expanded display: a record a block, a column a line.

use super::RowWriter;
use super::cells::Cells;
use super::printable::{printable, printable_line};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Prints `-[ RECORD n ]-` blocks.
pub struct ExpandedWriter<'a> {
    names: Vec<String>,
    out: &'a mut (dyn Write + Send),
    name_width: usize,
    rows: u64,
}

impl<'a> ExpandedWriter<'a> {
    /// Returns a writer; each row is printed as it arrives.
    pub fn new(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> Self {
        let names: Vec<String> =
            schema.fields().iter().map(|field| printable_line(field.name())).collect();
        let name_width = names.iter().map(|name| name.width()).max().unwrap_or(0);
        Self { names, out, name_width, rows: 0 }
    }
}

impl RowWriter for ExpandedWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let cells = Cells::new(batch)?;
        for row in 0..batch.num_rows() {
            self.rows += 1;
            writeln!(self.out, "-[ RECORD {} ]{}", self.rows, "-".repeat(self.name_width))?;
            for (column, name) in self.names.iter().enumerate() {
                let text = printable(&cells.text(row, column).unwrap_or_default());
                for (line, part) in text.split('\n').enumerate() {
                    let name = if line == 0 { name.as_str() } else { "" };
                    let padding = " ".repeat(self.name_width - name.width());
                    writeln!(self.out, "{}", format!("{name}{padding} | {part}").trim_end())?;
                }
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        if self.rows == 0 {
            writeln!(self.out, "(0 rows)")?;
        }
        writeln!(self.out)?;
        Ok(())
    }
}
