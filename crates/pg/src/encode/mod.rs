//! Rows as bytes: each value in the format that the client chose for its column.

mod array;
mod binary;
mod numeric;

pub(crate) use binary::{EPOCH_DAYS, EPOCH_MICROSECONDS, INET_V4, INET_V6};
pub(crate) use numeric::read as read_numeric;

use crate::wire::backend::{self, ColumnDescription};
use binary::BinaryColumn;
use bytes::{BufMut, BytesMut};
use census_error::{Error, Result};
use census_types::{SqlType, TextFormatter};
use datafusion::arrow::array::{ArrayRef, RecordBatch};
use datafusion::arrow::datatypes::{FieldRef, Schema, SchemaRef};

/// The format that a column is sent in: 0 is text, 1 is binary.
pub(crate) fn format_of(formats: &[i16], column: usize) -> i16 {
    match formats {
        [] => 0,
        [only] => *only,
        each => each.get(column).copied().unwrap_or(0),
    }
}

/// Returns the columns as a client is told of them.
pub(crate) fn describe(schema: &Schema, formats: &[i16]) -> Vec<ColumnDescription> {
    let describe = |(place, field): (usize, &FieldRef)| {
        let sql_type = shown_type(field);
        ColumnDescription {
            name: field.name().clone(),
            type_oid: sql_type.oid(),
            length: length(&sql_type),
            format: format_of(formats, place),
        }
    };
    schema.fields().iter().enumerate().map(describe).collect()
}

/// Returns the type that a column is sent as; a NULL whose type nothing decides is text, as in PostgreSQL.
fn shown_type(field: &FieldRef) -> SqlType {
    match SqlType::from_field(field) {
        SqlType::Unknown => SqlType::Text,
        other => other,
    }
}

/// Returns the bytes that a value of the type takes; -1 where they vary.
fn length(sql_type: &SqlType) -> i16 {
    match sql_type {
        SqlType::Bool | SqlType::Char => 1,
        SqlType::Int16 => 2,
        SqlType::Int32 | SqlType::Float32 | SqlType::Date | SqlType::Oid | SqlType::RegProc => 4,
        SqlType::Int64
        | SqlType::Float64
        | SqlType::Timestamp
        | SqlType::TimestampTz
        | SqlType::Time => 8,
        SqlType::Interval => 16,
        SqlType::Name => 64,
        _ => -1,
    }
}

/// Rows of a batch, ready to be written one by one.
pub(crate) struct EncodedBatch {
    columns: Vec<PreparedColumn>,
    rows: usize,
}

/// A column in the form that its writer reads.
struct PreparedColumn {
    field: FieldRef,
    array: ArrayRef,
    is_binary: bool,
}

/// Writes the values of one column.
enum ColumnWriter<'a> {
    Text(TextFormatter<'a>),
    Binary(BinaryColumn<'a>),
}

impl EncodedBatch {
    /// Brings the columns of a batch into the forms that are written.
    ///
    /// # Errors
    /// XX000 for a column of a type that cannot be written, which is a defect.
    pub(crate) fn new(schema: &SchemaRef, batch: &RecordBatch, formats: &[i16]) -> Result<Self> {
        let columns = schema.fields().iter().zip(batch.columns()).enumerate();
        let prepare = |(place, (field, array)): (usize, (&FieldRef, &ArrayRef))| {
            let is_binary = format_of(formats, place) == 1;
            let array = if is_binary { binary::prepared(field, array)? } else { array.clone() };
            Ok(PreparedColumn { field: field.clone(), array, is_binary })
        };
        Ok(Self { columns: columns.map(prepare).collect::<Result<_>>()?, rows: batch.num_rows() })
    }

    /// Returns how many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns what writes the rows.
    pub(crate) fn writer(&self) -> Result<RowWriter<'_>> {
        let columns = self.columns.iter().map(PreparedColumn::writer).collect::<Result<_>>()?;
        Ok(RowWriter { columns, scratch: String::new() })
    }
}

impl PreparedColumn {
    fn writer(&self) -> Result<ColumnWriter<'_>> {
        if self.is_binary {
            return Ok(ColumnWriter::Binary(BinaryColumn::new(&self.field, &self.array)?));
        }
        let formatter = TextFormatter::new(&self.field, &self.array).map_err(Error::internal)?;
        Ok(ColumnWriter::Text(formatter))
    }
}

/// Writes rows of a batch.
pub(crate) struct RowWriter<'a> {
    columns: Vec<ColumnWriter<'a>>,
    scratch: String,
}

impl RowWriter<'_> {
    /// Writes a row as a message.
    ///
    /// # Errors
    /// 0A000 for an array whose rows differ in length, which the binary format cannot hold.
    pub(crate) fn write_row(&mut self, row: usize, out: &mut BytesMut) -> Result<()> {
        let mut result = Ok(());
        backend::message(out, b'D', |out| result = self.write_values(row, out));
        result
    }

    /// Writes the number of columns, and each value with its length before it.
    pub(crate) fn write_values(&mut self, row: usize, out: &mut BytesMut) -> Result<()> {
        out.put_u16(u16::try_from(self.columns.len()).unwrap_or(u16::MAX));
        for column in &self.columns {
            match column {
                ColumnWriter::Text(formatter) => {
                    self.scratch.clear();
                    if formatter.write(row, &mut self.scratch) {
                        backend::value(out, |out| out.put_slice(self.scratch.as_bytes()));
                    } else {
                        out.put_i32(-1);
                    }
                }
                ColumnWriter::Binary(column) => column.write(row, out)?,
            }
        }
        Ok(())
    }

    /// Writes the text of a value; false where it is NULL. Only columns in text have one.
    pub(crate) fn text(&self, column: usize, row: usize, out: &mut String) -> bool {
        match self.columns.get(column) {
            Some(ColumnWriter::Text(formatter)) => formatter.write(row, out),
            _ => false,
        }
    }
}
