//! Rows as psql's aligned table.

use super::RowWriter;
use super::cells::Cells;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::fmt::Write as _;
use std::io::Write;
use unicode_width::UnicodeWidthStr;

/// Widths are taken from this many rows, so that an answer of any size streams; later and wider cells
/// are printed whole and only stand out of line.
const ROWS_MEASURED: usize = 2_000;

/// Prints a head, a rule, the rows and their count.
pub struct TableWriter<'a> {
    schema: SchemaRef,
    out: &'a mut (dyn Write + Send),
    /// Rows held back until widths are known; `None` once the head is printed.
    held: Option<Vec<Vec<String>>>,
    widths: Vec<usize>,
    rows: u64,
}

impl<'a> TableWriter<'a> {
    /// Returns a writer that prints nothing before the first rows or the end.
    pub fn new(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> Self {
        Self { schema: schema.clone(), out, held: Some(Vec::new()), widths: Vec::new(), rows: 0 }
    }

    fn release(&mut self) -> std::io::Result<()> {
        let Some(held) = self.held.take() else {
            return Ok(());
        };
        self.widths = self.measure(&held);
        let names = self.schema.fields().iter().zip(&self.widths);
        let titles: Vec<String> =
            names.map(|(field, width)| centred(field.name(), *width)).collect();
        let rule: Vec<String> = self.widths.iter().map(|width| "-".repeat(width + 2)).collect();
        writeln!(self.out, "{}", titles.join("|").trim_end())?;
        writeln!(self.out, "{}", rule.join("+"))?;
        for row in &held {
            self.print(row)?;
        }
        Ok(())
    }

    fn measure(&self, rows: &[Vec<String>]) -> Vec<usize> {
        let mut widths: Vec<usize> =
            self.schema.fields().iter().map(|field| field.name().width()).collect();
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
            let row: Vec<String> =
                (0..batch.num_columns()).map(|column| printable(cells.text(row, column))).collect();
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

/// Returns a cell's text as a terminal may show it: NULL is empty, and control characters, which could move
/// the cursor or retitle the window, are spelled out.
pub(super) fn printable(text: Option<String>) -> String {
    let Some(text) = text else {
        return String::new();
    };
    let text = text.replace("\r\n", "\n");
    if !text.chars().any(|c| c.is_control() && c != '\n') {
        return text;
    }
    let mut spelled = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => spelled.push('\n'),
            '\t' => spelled.push_str("        "),
            '\r' => spelled.push_str("\\r"),
            c if c.is_control() => {
                // Writing into a String cannot fail.
                let _ = write!(spelled, "\\x{:02X}", u32::from(c));
            }
            c => spelled.push(c),
        }
    }
    spelled
}

/// Returns a head as psql places it: in the middle, one column of space on each side.
fn centred(name: &str, width: usize) -> String {
    let spare = width.saturating_sub(name.width());
    let (before, after) = (" ".repeat(spare / 2), " ".repeat(spare - spare / 2));
    format!(" {before}{name}{after} ")
}
