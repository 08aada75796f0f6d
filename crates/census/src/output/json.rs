//! Rows as JSON: one array of objects, or one object a line.

use super::RowWriter;
use census_types::JsonRowWriter;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;

/// Text is handed on once it is this long, so that a batch of large rows is not held twice.
const FLUSH_BYTES: usize = 64 * 1024;

/// Writes objects whose members are the columns in their order.
pub struct JsonWriter<'a> {
    out: &'a mut (dyn Write + Send),
    is_array: bool,
    is_first: bool,
}

impl<'a> JsonWriter<'a> {
    /// Returns a writer of one array.
    pub fn array(out: &'a mut (dyn Write + Send)) -> std::io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { out, is_array: true, is_first: true })
    }

    /// Returns a writer of one object a line.
    pub fn lines(out: &'a mut (dyn Write + Send)) -> Self {
        Self { out, is_array: false, is_first: true }
    }
}

impl RowWriter for JsonWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let rows = JsonRowWriter::new(batch)?;
        let mut text = String::with_capacity(FLUSH_BYTES + FLUSH_BYTES / 2);
        for row in 0..batch.num_rows() {
            if self.is_array {
                text.push_str(if self.is_first { "\n" } else { ",\n" });
            }
            self.is_first = false;
            rows.write_row(row, &mut text);
            if !self.is_array {
                text.push('\n');
            }
            if text.len() > FLUSH_BYTES {
                self.out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        self.out.write_all(text.as_bytes())?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        if self.is_array {
            self.out.write_all(if self.is_first { b"]\n" } else { b"\n]\n" })?;
        }
        Ok(())
    }
}
