//! Rows as an Apache Parquet file.

use super::RowWriter;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use std::io::Write;

/// Writes row groups as they fill up.
pub struct ParquetWriter<'a> {
    writer: ArrowWriter<&'a mut (dyn Write + Send)>,
}

impl<'a> ParquetWriter<'a> {
    /// Returns a writer with zstd compression and Arrow's schema embedded.
    pub fn new(schema: &SchemaRef, out: &'a mut (dyn Write + Send)) -> anyhow::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        Ok(Self { writer: ArrowWriter::try_new(out, schema.clone(), Some(properties))? })
    }
}

impl RowWriter for ParquetWriter<'_> {
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        self.writer.write(batch)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> anyhow::Result<()> {
        self.writer.close()?;
        Ok(())
    }
}
