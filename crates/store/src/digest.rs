//! Digests of rows: of what identifies them and of what they hold (xxh3, 128 bits, of a canonical encoding).
//!
//! They are compared within one run only and never stored, so the encoding may change at will.

use crate::error::{Result, StoreError};
use crate::layout::{Layout, entry_range};
use datafusion::arrow::array::{
    Array, AsArray, BooleanArray, Float64Array, Int64Array, ListArray, MapArray, RecordBatch,
    StringArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{
    DataType, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType,
};
use twox_hash::XxHash3_128;

/// Computes the digests of the rows of one batch in a layout's staged or stored columns.
pub(crate) struct Digests<'a> {
    identity: Vec<Values<'a>>,
    content: Vec<Values<'a>>,
    buffer: Vec<u8>,
}

impl<'a> Digests<'a> {
    /// Prepares a batch.
    pub(crate) fn new(layout: &Layout, rows: &'a RecordBatch) -> Result<Self> {
        let values = |index: usize| Values::new(rows.column(index).as_ref());
        Ok(Self {
            identity: layout.identity.iter().map(|index| values(*index)).collect::<Result<_>>()?,
            content: (0..layout.content).map(values).collect::<Result<_>>()?,
            buffer: Vec::with_capacity(1024),
        })
    }

    /// Returns the digest of what identifies a row.
    pub(crate) fn identity(&mut self, row: usize) -> u128 {
        self.buffer.clear();
        for (position, values) in self.identity.iter().enumerate() {
            values.encode(position, row, &mut self.buffer);
        }
        XxHash3_128::oneshot(&self.buffer)
    }

    /// Returns the digest of everything the dataset's columns hold in a row.
    pub(crate) fn content(&mut self, row: usize) -> u128 {
        self.buffer.clear();
        for (position, values) in self.content.iter().enumerate() {
            values.encode(position, row, &mut self.buffer);
        }
        XxHash3_128::oneshot(&self.buffer)
    }
}

/// A column, its type resolved once a batch.
enum Values<'a> {
    Text(&'a StringArray),
    Bool(&'a BooleanArray),
    Int64(&'a Int64Array),
    Float64(&'a Float64Array),
    Timestamp(&'a TimestampMicrosecondArray),
    Map(&'a MapArray, &'a StringArray, &'a StringArray),
    List(&'a ListArray, &'a StringArray),
}

impl<'a> Values<'a> {
    fn new(array: &'a dyn Array) -> Result<Self> {
        let unknown =
            || StoreError::Internal(format!("no digest of type {}", array.data_type()).into());
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Text(array.as_string()),
            DataType::Boolean => Self::Bool(array.as_boolean()),
            DataType::Int64 => Self::Int64(array.as_primitive::<Int64Type>()),
            DataType::Float64 => Self::Float64(array.as_primitive::<Float64Type>()),
            DataType::Timestamp(TimeUnit::Microsecond, _) => {
                Self::Timestamp(array.as_primitive::<TimestampMicrosecondType>())
            }
            DataType::Map(_, _) => {
                let map = array.as_map();
                let keys = map.keys().as_string_opt().ok_or_else(unknown)?;
                Self::Map(map, keys, map.values().as_string_opt().ok_or_else(unknown)?)
            }
            DataType::List(_) => {
                let list = array.as_list();
                Self::List(list, list.values().as_string_opt().ok_or_else(unknown)?)
            }
            _ => return Err(unknown()),
        })
    }

    /// Appends position and value; NULL appends nothing, so that an added column that is NULL changes nothing.
    fn encode(&self, position: usize, row: usize, out: &mut Vec<u8>) {
        let array: &dyn Array = match self {
            Self::Text(array) => array,
            Self::Bool(array) => array,
            Self::Int64(array) => array,
            Self::Float64(array) => array,
            Self::Timestamp(array) => array,
            Self::Map(array, ..) => array,
            Self::List(array, _) => array,
        };
        if array.is_null(row) {
            return;
        }
        out.extend_from_slice(&position.to_le_bytes());
        match self {
            Self::Text(array) => encode_text(array.value(row), out),
            Self::Bool(array) => out.push(u8::from(array.value(row))),
            Self::Int64(array) => out.extend_from_slice(&array.value(row).to_le_bytes()),
            Self::Float64(array) => {
                out.extend_from_slice(&array.value(row).to_bits().to_le_bytes());
            }
            Self::Timestamp(array) => out.extend_from_slice(&array.value(row).to_le_bytes()),
            Self::Map(array, keys, values) => {
                let entries = entry_range(array.value_offsets(), row).unwrap_or_default();
                out.extend_from_slice(&entries.len().to_le_bytes());
                for entry in entries {
                    encode_text(keys.value(entry), out);
                    encode_option(values, entry, out);
                }
            }
            Self::List(array, items) => {
                let entries = entry_range(array.value_offsets(), row).unwrap_or_default();
                out.extend_from_slice(&entries.len().to_le_bytes());
                for entry in entries {
                    encode_option(items, entry, out);
                }
            }
        }
    }
}

fn encode_text(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(&text.len().to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

fn encode_option(array: &StringArray, index: usize, out: &mut Vec<u8>) {
    out.push(u8::from(array.is_valid(index)));
    if array.is_valid(index) {
        encode_text(array.value(index), out);
    }
}
