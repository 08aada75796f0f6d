//! Values in PostgreSQL's binary format, as its send functions write them.

use super::array::ListColumn;
use super::{numeric, shown_type};
use crate::wire::backend;
use bytes::{BufMut, BytesMut};
use census_error::{Error, Result};
use census_types::hstore::{self, HstoreArray};
use census_types::inet::{self, Family};
use census_types::{SqlType, TextFormatter};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, BinaryArray, BooleanArray, StringArray};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Field, FieldRef, Float32Type, Float64Type, Int64Type,
    IntervalMonthDayNano, IntervalMonthDayNanoType, IntervalUnit, Time64MicrosecondType, TimeUnit,
    TimestampMicrosecondType,
};
use std::sync::Arc;

/// 2000-01-01, from which PostgreSQL counts, in microseconds since 1970-01-01.
pub(crate) const EPOCH_MICROSECONDS: i64 = 946_684_800_000_000;
/// The same in days.
pub(crate) const EPOCH_DAYS: i32 = 10_957;

/// The numbers of the families in the binary form of inet: those of Linux, whatever the machine has.
pub(crate) const INET_V4: u8 = 2;
pub(crate) const INET_V6: u8 = 3;

/// A column whose values are written in binary.
pub(super) struct BinaryColumn<'a> {
    nulls: Option<NullBuffer>,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Null,
    Bool(&'a BooleanArray),
    Int16(&'a [i64]),
    Int32(&'a [i64]),
    Int64(&'a [i64]),
    Oid(&'a [i64]),
    Float32(&'a [f32]),
    Float64(&'a [f64]),
    Text(&'a StringArray),
    Inet(&'a StringArray),
    Bytea(&'a BinaryArray),
    Timestamp(&'a [i64]),
    Date(&'a [i32]),
    Time(&'a [i64]),
    Interval(&'a [IntervalMonthDayNano]),
    Hstore(HstoreArray<'a>),
    List(ListColumn<'a>),
    /// Whatever is printed first: json as it is, numeric to be read again.
    Json(TextFormatter<'a>),
    Numeric(TextFormatter<'a>),
}

/// Returns the Arrow type that the writer of a type reads; `None` leaves an array as it is.
fn read_as(sql_type: &SqlType) -> Option<DataType> {
    Some(match sql_type {
        SqlType::Int16 | SqlType::Int32 | SqlType::Int64 | SqlType::Oid | SqlType::RegProc => {
            DataType::Int64
        }
        SqlType::Text | SqlType::Name | SqlType::Char | SqlType::Inet => DataType::Utf8,
        SqlType::Float32 => DataType::Float32,
        SqlType::Float64 => DataType::Float64,
        SqlType::Bool => DataType::Boolean,
        SqlType::Bytea => DataType::Binary,
        SqlType::Timestamp | SqlType::TimestampTz => {
            DataType::Timestamp(TimeUnit::Microsecond, None)
        }
        SqlType::Date => DataType::Date32,
        SqlType::Time => DataType::Time64(TimeUnit::Microsecond),
        SqlType::Interval => DataType::Interval(IntervalUnit::MonthDayNano),
        _ => return None,
    })
}

/// Returns a column in the form that its writer reads.
pub(super) fn prepared(field: &FieldRef, array: &ArrayRef) -> Result<ArrayRef> {
    let sql_type = shown_type(field);
    let wanted = match (&sql_type, field.data_type()) {
        // Arrays of arrays have the type of arrays, and are read level by level.
        (SqlType::Array(element), DataType::List(item))
            if !matches!(item.data_type(), DataType::List(_)) =>
        {
            let item_type = read_as(element).unwrap_or_else(|| item.data_type().clone());
            Some(DataType::List(Arc::new(item.as_ref().clone().with_data_type(item_type))))
        }
        _ => read_as(&sql_type),
    };
    match wanted {
        Some(wanted) if wanted != *array.data_type() && !array.data_type().is_null() => {
            cast(array, &wanted).map_err(Error::internal)
        }
        _ => Ok(Arc::clone(array)),
    }
}

impl<'a> BinaryColumn<'a> {
    /// Takes a column that was brought into form.
    pub(super) fn new(field: &Field, array: &'a ArrayRef) -> Result<Self> {
        let cells = if array.data_type().is_null() {
            Cells::Null
        } else {
            Cells::new(&SqlType::from_field(field), field, array)?
        };
        Ok(Self { nulls: array.logical_nulls(), cells })
    }

    /// Takes a column whose type its field does not say.
    pub(super) fn of_type(sql_type: &SqlType, array: &'a ArrayRef) -> Result<Self> {
        let cells = Cells::new(sql_type, &sql_type.to_field("", true), array)?;
        Ok(Self { nulls: array.logical_nulls(), cells })
    }

    /// Writes a value with its length; -1 stands for NULL.
    pub(super) fn write(&self, row: usize, out: &mut BytesMut) -> Result<()> {
        let is_null = self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row));
        if is_null || matches!(self.cells, Cells::Null) {
            out.put_i32(-1);
            return Ok(());
        }
        let mut result = Ok(());
        backend::value(out, |out| result = self.cells.write(row, out));
        result
    }

    /// Tells whether a row is NULL.
    pub(super) fn is_null(&self, row: usize) -> bool {
        matches!(self.cells, Cells::Null)
            || self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }
}

impl<'a> Cells<'a> {
    fn new(sql_type: &SqlType, field: &Field, array: &'a ArrayRef) -> Result<Self> {
        let printed = || {
            TextFormatter::new(&field.clone().with_data_type(array.data_type().clone()), array)
                .map_err(Error::internal)
        };
        let integers = || array.as_primitive::<Int64Type>().values();
        Ok(match sql_type {
            SqlType::Bool => Self::Bool(array.as_boolean()),
            SqlType::Int16 => Self::Int16(integers()),
            SqlType::Int32 => Self::Int32(integers()),
            SqlType::Int64 => Self::Int64(integers()),
            SqlType::Oid | SqlType::RegProc => Self::Oid(integers()),
            SqlType::Float32 => Self::Float32(array.as_primitive::<Float32Type>().values()),
            SqlType::Float64 => Self::Float64(array.as_primitive::<Float64Type>().values()),
            SqlType::Text | SqlType::Name | SqlType::Char => Self::Text(array.as_string()),
            SqlType::Inet => Self::Inet(array.as_string()),
            SqlType::Bytea => Self::Bytea(array.as_binary()),
            SqlType::Timestamp | SqlType::TimestampTz => {
                Self::Timestamp(array.as_primitive::<TimestampMicrosecondType>().values())
            }
            SqlType::Date => Self::Date(array.as_primitive::<Date32Type>().values()),
            SqlType::Time => Self::Time(array.as_primitive::<Time64MicrosecondType>().values()),
            SqlType::Interval => {
                Self::Interval(array.as_primitive::<IntervalMonthDayNanoType>().values())
            }
            SqlType::Hstore => Self::Hstore(HstoreArray::new(array).map_err(Error::internal)?),
            SqlType::Array(element) => Self::List(ListColumn::new(element, array)?),
            SqlType::OidVector => Self::List(ListColumn::vector(&SqlType::Oid, array)?),
            SqlType::Int2Vector => Self::List(ListColumn::vector(&SqlType::Int16, array)?),
            SqlType::Numeric => Self::Numeric(printed()?),
            _ => Self::Json(printed()?),
        })
    }

    fn write(&self, row: usize, out: &mut BytesMut) -> Result<()> {
        match self {
            Self::Null => {}
            Self::Bool(values) => out.put_u8(values.value(row).into()),
            // The field's own Arrow type says that the value fits.
            Self::Int16(values) => {
                out.put_i16(i16::try_from(values[row]).map_err(Error::internal)?);
            }
            Self::Int32(values) => {
                out.put_i32(i32::try_from(values[row]).map_err(Error::internal)?);
            }
            Self::Oid(values) => out.put_u32(u32::try_from(values[row]).unwrap_or(u32::MAX)),
            Self::Float32(values) => out.put_f32(values[row]),
            Self::Float64(values) => out.put_f64(values[row]),
            Self::Text(values) => out.put_slice(values.value(row).as_bytes()),
            Self::Inet(values) => write_inet(values.value(row), out)?,
            Self::Bytea(values) => out.put_slice(values.value(row)),
            Self::Timestamp(values) => out.put_i64(values[row].saturating_sub(EPOCH_MICROSECONDS)),
            Self::Date(values) => out.put_i32(values[row].saturating_sub(EPOCH_DAYS)),
            Self::Int64(values) | Self::Time(values) => out.put_i64(values[row]),
            Self::Interval(values) => {
                let value = values[row];
                out.put_i64(value.nanoseconds / 1_000);
                out.put_i32(value.days);
                out.put_i32(value.months);
            }
            Self::Hstore(values) => write_hstore(values.entries(row), out),
            Self::List(lists) => lists.write(row, out)?,
            Self::Json(formatter) => out.put_slice(printed(formatter, row).as_bytes()),
            Self::Numeric(formatter) => numeric::write(&printed(formatter, row), out),
        }
        Ok(())
    }
}

fn printed(formatter: &TextFormatter<'_>, row: usize) -> String {
    let mut text = String::new();
    formatter.write(row, &mut text);
    text
}

/// Writes what `hstore_send` writes: how many pairs, then each key and value with its length.
fn write_hstore<'a>(entries: impl Iterator<Item = hstore::Entry<'a>>, out: &mut BytesMut) {
    let start = out.len();
    out.put_i32(0);
    let mut count: i32 = 0;
    for (key, value) in entries {
        count += 1;
        backend::value(out, |out| out.put_slice(key.as_bytes()));
        match value {
            Some(value) => backend::value(out, |out| out.put_slice(value.as_bytes())),
            None => out.put_i32(-1),
        }
    }
    if let Some(place) = out.get_mut(start..start + 4) {
        place.copy_from_slice(&count.to_be_bytes());
    }
}

/// Writes what `inet_send` writes: family, bits, whether it is a cidr, how many bytes, and the address.
fn write_inet(text: &str, out: &mut BytesMut) -> Result<()> {
    let inet = inet::parse(text).map_err(|_| Error::internal(format!("no inet: {text}")))?;
    let bytes = inet.address().to_be_bytes();
    let (family, address) = match inet.family() {
        Family::V4 => (INET_V4, &bytes[12..]),
        Family::V6 => (INET_V6, &bytes[..]),
    };
    out.put_slice(&[family, inet.prefix(), 0, if family == INET_V4 { 4 } else { 16 }]);
    out.put_slice(address);
    Ok(())
}
