//! Rows as a Markdown table.

use super::RowWriter;
use super::cells::Cells;
use super::printable::printable;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;

/// Writes a head and a line a row.
pub struct MarkdownWriter<'a> {
    out: &'a mut (dyn Write + Send),
}

impl<'a> MarkdownWriter<'a> {
    /// Returns a writer that has written the head.
    pub fn new(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> std::io::Result<Self> {
        let names: Vec<String> =
            schema.fields().iter().map(|field| escaped(field.name())).collect();
        let rules: Vec<&str> = schema
            .fields()
            .iter()
            .map(|field| if field.data_type().is_numeric() { "---:" } else { "---" })
            .collect();
        writeln!(out, "| {} |", names.join(" | "))?;
        writeln!(out, "| {} |", rules.join(" | "))?;
        Ok(Self { out })
    }
}

impl RowWriter for MarkdownWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let cells = Cells::new(batch)?;
        for row in 0..batch.num_rows() {
            for column in 0..batch.num_columns() {
                let text = cells.text(row, column).unwrap_or_default();
                write!(self.out, "| {} ", escaped(&text))?;
            }
            writeln!(self.out, "|")?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        Ok(())
    }
}

/// Returns text that stays inside its cell and is shown to the letter.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '|' | '\\' | '`' | '*' | '_' | '<' | '[' => {
                safe.push('\\');
                safe.push(c);
            }
            '\n' => safe.push_str("<br>"),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_line_breaks_stay_in_their_cell() {
        assert_eq!(escaped("a|b\nc_d"), "a\\|b<br>c\\_d");
        assert_eq!(escaped("\u{1b}[0m"), "\\\\x1B\\[0m");
    }
}
