//! Rows on their way out: one file a format, all behind [`RowWriter`].

mod cells;
mod csv;
mod expanded;
mod json;
mod markdown;
mod parquet;
mod table;

use clap::ValueEnum;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use std::io::Write;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns with a head, as psql prints them.
    Table,
    /// One array of objects.
    Json,
    /// One object a line.
    Ndjson,
    /// Comma-separated with a head (RFC 4180); NULL is empty, an empty string is "".
    Csv,
    /// A table in Markdown.
    Markdown,
    /// An Apache Parquet file with Arrow's types.
    Parquet,
}

/// Writes the rows of one answer; batches arrive as the engine produces them.
pub trait RowWriter {
    /// Writes the rows of a batch, which has the schema the writer was made for.
    fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()>;

    /// Writes what comes after the last row.
    fn finish(self: Box<Self>) -> anyhow::Result<()>;
}

impl Format {
    /// Returns a writer of rows of `schema` to `out`.
    pub fn writer<'a>(
        self,
        schema: &SchemaRef,
        out: &'a mut (dyn Write + Send),
    ) -> anyhow::Result<Box<dyn RowWriter + 'a>> {
        Ok(match self {
            Self::Table => Box::new(table::TableWriter::new(schema, out)),
            Self::Json => Box::new(json::JsonWriter::array(out)?),
            Self::Ndjson => Box::new(json::JsonWriter::lines(out)),
            Self::Csv => Box::new(csv::CsvWriter::new(schema, out)?),
            Self::Markdown => Box::new(markdown::MarkdownWriter::new(schema, out)?),
            Self::Parquet => Box::new(parquet::ParquetWriter::new(schema, out)?),
        })
    }
}

/// Returns a writer that puts each column on a line of its own, as psql's `\x` does.
pub fn expanded_writer<'a>(
    schema: &SchemaRef,
    out: &'a mut (dyn Write + Send),
) -> Box<dyn RowWriter + 'a> {
    Box::new(expanded::ExpandedWriter::new(schema, out))
}
