//! Rows on their way out: one file a format, all behind [`RowWriter`].

mod cells;
mod csv;
mod expanded;
mod file;
mod json;
mod markdown;
mod parquet;
mod printable;
mod table;

use census_error::{Error, SqlState};
use clap::ValueEnum;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
pub use file::{OutputFile, quoted, unwritable};
pub use printable::{printable, printable_line};
use std::collections::HashSet;
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
    ///
    /// # Errors
    /// 42701 where two columns have one name and the format's readers would see only one of them.
    pub fn writer<'a>(
        self,
        schema: &SchemaRef,
        out: &'a mut (dyn Write + Send),
    ) -> anyhow::Result<Box<dyn RowWriter + 'a>> {
        if matches!(self, Self::Json | Self::Ndjson) {
            refuse_repeated_names(schema)?;
        }
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

fn refuse_repeated_names(schema: &SchemaRef) -> Result<(), Error> {
    let mut names = HashSet::new();
    match schema.fields().iter().find(|field| !names.insert(field.name())) {
        None => Ok(()),
        Some(field) => Err(Error::new(
            SqlState::DuplicateColumn,
            format!("column name \"{}\" appears more than once", field.name()),
        )
        .with_hint("A JSON object has each name once; AS gives columns names of their own.")),
    }
}

/// Returns a writer that puts each column on a line of its own, as psql's `\x` does.
pub fn expanded_writer<'a>(
    schema: &SchemaRef,
    out: &'a mut (dyn Write + Send),
) -> Box<dyn RowWriter + 'a> {
    Box::new(expanded::ExpandedWriter::new(schema, out))
}
