//! Rows as JSON: one array of objects, or one object a line.

use super::RowWriter;
use census_types::json_output::RowEncoder;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;

/// Writes objects whose members are the columns in their order.
pub struct JsonWriter<'a> {
    schema: SchemaRef,
    out: &'a mut (dyn Write + Send),
    is_array: bool,
    is_first: bool,
}

impl<'a> JsonWriter<'a> {
    /// Returns a writer of one array.
    pub fn array(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> std::io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { schema: schema.clone(), out, is_array: true, is_first: true })
    }

    /// Returns a writer of one object a line.
    pub fn lines(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> Self {
        Self { schema: schema.clone(), out, is_array: false, is_first: true }
    }
}

impl RowWriter for JsonWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        let encoder = RowEncoder::new(&self.schema, batch)?;
        let mut buffer = Vec::with_capacity(64 * 1024);
        for row in 0..batch.num_rows() {
            if self.is_array {
                buffer.extend_from_slice(if self.is_first { b"\n" } else { b",\n" });
            }
            self.is_first = false;
            encoder.write(row, &mut buffer)?;
            if !self.is_array {
                buffer.push(b'\n');
            }
            if buffer.len() > 48 * 1024 {
                self.out.write_all(&buffer)?;
                buffer.clear();
            }
        }
        self.out.write_all(&buffer)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        if self.is_array {
            self.out.write_all(if self.is_first { b"]\n" } else { b"\n]\n" })?;
        }
        Ok(())
    }
}
