//! Rows as comma-separated values (RFC 4180), as PostgreSQL's `COPY … CSV HEADER` writes them.

use super::RowWriter;
use super::cells::Cells;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;

/// Writes a head and the rows; NULL is an empty field, an empty string is `""`.
pub struct CsvWriter<'a> {
    out: &'a mut (dyn Write + Send),
}

impl<'a> CsvWriter<'a> {
    /// Returns a writer that has written the head.
    pub fn new(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> std::io::Result<Self> {
        let names: Vec<String> = schema.fields().iter().map(|field| quoted(field.name())).collect();
        writeln!(out, "{}", names.join(","))?;
        Ok(Self { out })
    }
}

impl RowWriter for CsvWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let cells = Cells::new(batch)?;
        for row in 0..batch.num_rows() {
            for column in 0..batch.num_columns() {
                if column > 0 {
                    self.out.write_all(b",")?;
                }
                if let Some(text) = cells.text(row, column) {
                    self.out.write_all(quoted(&text).as_bytes())?;
                }
            }
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        Ok(())
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() || text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_needs_quotes_gets_them() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted(""), "\"\"");
        assert_eq!(quoted("say \"hi\", twice\n"), "\"say \"\"hi\"\", twice\n\"");
    }
}
