//! Rows as psql's aligned table.

use super::RowWriter;
use super::cells::Cells;
use super::printable::{printable, printable_line};
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Widths are taken from this many rows, so that an answer of any size streams; later and wider cells
/// are printed whole and only stand out of line.
const ROWS_MEASURED: usize = 2_000;

/// Prints a head, a rule, the rows and their count.
pub struct TableWriter<'a> {
    schema: SchemaRef,
    names: Vec<String>,
    out: &'a mut (dyn Write + Send),
    /// Rows held back until widths are known; `None` once the head is printed.
    held: Option<Vec<Vec<String>>>,
    widths: Vec<usize>,
    rows: u64,
}

impl<'a> TableWriter<'a> {
    /// Returns a writer that prints nothing before the first rows or the end.
    pub fn new(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> Self {
        let names = schema.fields().iter().map(|field| printable_line(field.name())).collect();
        Self {
            schema: schema.clone(),
            names,
            out,
            held: Some(Vec::new()),
            widths: Vec::new(),
            rows: 0,
        }
    }

    fn release(&mut self) -> std::io::Result<()> {
        let Some(held) = self.held.take() else {
            return Ok(());
        };
        self.widths = self.measure(&held);
        if self.names.is_empty() {
            // As psql shows that there are no columns.
            return writeln!(self.out, "--");
        }
        let names = self.names.iter().zip(&self.widths);
        let titles: Vec<String> = names.map(|(name, width)| centred(name, *width)).collect();
        let rule: Vec<String> = self.widths.iter().map(|width| "-".repeat(width + 2)).collect();
        writeln!(self.out, "{}", titles.join("|").trim_end())?;
        writeln!(self.out, "{}", rule.join("+"))?;
        for row in &held {
            self.print(row)?;
        }
        Ok(())
    }

    fn measure(&self, rows: &[Vec<String>]) -> Vec<usize> {
        let mut widths: Vec<usize> = self.names.iter().map(|name| name.width()).collect();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                let widest = cell.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
                *width = (*width).max(widest);
            }
        }
        widths
    }

    /// Prints a row; a cell with line breaks takes several lines, each but its last marked with `+`.
    fn print(&mut self, row: &[String]) -> std::io::Result<()> {
        if row.is_empty() {
            return Ok(());
        }
        let cells: Vec<Vec<&str>> = row.iter().map(|cell| cell.split('\n').collect()).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..height {
            let mut text = String::new();
            for (index, cell) in cells.iter().enumerate() {
                let part = cell.get(line).copied().unwrap_or_default();
                let padding = self.widths[index].saturating_sub(part.width());
                let more = if line + 1 < cell.len() { '+' } else { ' ' };
                text.push_str(if index == 0 { " " } else { "| " });
                let padding = " ".repeat(padding);
                let is_number = self.schema.field(index).data_type().is_numeric();
                let (before, after) = if is_number { (&*padding, "") } else { ("", &*padding) };
                text.extend([before, part, after]);
                text.push(more);
            }
            writeln!(self.out, "{}", text.trim_end_matches(' '))?;
        }
        Ok(())
    }
}

impl RowWriter for TableWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let cells = Cells::new(batch)?;
        self.rows += batch.num_rows() as u64;
        for row in 0..batch.num_rows() {
            let row: Vec<String> = (0..batch.num_columns())
                .map(|column| printable(&cells.text(row, column).unwrap_or_default()))
                .collect();
            if let Some(held) = &mut self.held {
                held.push(row);
                if held.len() == ROWS_MEASURED {
                    self.release()?;
                }
            } else {
                self.print(&row)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<()> {
        self.release()?;
        let noun = if self.rows == 1 { "row" } else { "rows" };
        writeln!(self.out, "({} {noun})\n", self.rows)?;
        Ok(())
    }
}

/// Returns a head as psql places it: in the middle, one column of space on each side.
fn centred(name: &str, width: usize) -> String {
    let spare = width.saturating_sub(name.width());
    let (before, after) = (" ".repeat(spare / 2), " ".repeat(spare - spare / 2));
    format!(" {before}{name}{after} ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use datafusion::arrow::array::{ArrayRef, Int64Array, StringArray};
    use datafusion::arrow::datatypes::{Field, Schema};
    use datafusion::arrow::record_batch::RecordBatchOptions;
    use std::sync::Arc;

    fn table(batch: &RecordBatch) -> String {
        let mut out: Vec<u8> = Vec::new();
        let mut writer = Box::new(TableWriter::new(&batch.schema(), &mut out));
        writer.write(batch).unwrap();
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    fn batch(name: &str, text: &str) -> RecordBatch {
        let columns: [(&str, ArrayRef); 2] = [
            (name, Arc::new(StringArray::from(vec![text]))),
            ("n", Arc::new(Int64Array::from(vec![7]))),
        ];
        RecordBatch::try_from_iter(columns).unwrap()
    }

    #[test]
    fn cell_of_several_lines_and_wide_characters_stays_in_its_column() {
        let expected =
            ["   a\\nb   | n", "----------+---", " 日本    +| 7", " \\x1B[31m |", "(1 row)", ""];
        let text = table(&batch("a\nb", "日本\n\u{1b}[31m"));
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn cell_of_any_width_is_printed_whole() {
        // More than the 65,535 that a width in `format!` may be.
        let text = "x".repeat(100_000);
        assert!(table(&batch("a", &text)).contains(&text));
    }

    #[test]
    fn rows_without_columns_are_counted() {
        let schema = Arc::new(Schema::new(Vec::<Field>::new()));
        let options = RecordBatchOptions::new().with_row_count(Some(15));
        let batch = RecordBatch::try_new_with_options(schema, Vec::new(), &options).unwrap();
        assert_eq!(table(&batch), "--\n(15 rows)\n\n");
    }
}
