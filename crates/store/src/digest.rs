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
                let value = array.value(row);
                // There are many NaNs, and SQL holds them for one.
                let value = if value.is_nan() { f64::NAN } else { value };
                out.extend_from_slice(&value.to_bits().to_le_bytes());
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

#[cfg(test)]
mod tests {
    use super::*;
    use census_types::hstore::HstoreBuilder;
    use datafusion::arrow::array::{ArrayRef, ListBuilder, StringBuilder};
    use std::collections::HashSet;
    use std::sync::Arc;

    type Pairs<'a> = Option<&'a [(&'a str, Option<&'a str>)]>;

    fn encoded(array: &dyn Array) -> Vec<Vec<u8>> {
        let values = Values::new(array).unwrap();
        let encode = |row| {
            let mut out = Vec::new();
            values.encode(0, row, &mut out);
            out
        };
        (0..array.len()).map(encode).collect()
    }

    fn assert_all_differ(array: &dyn Array) {
        let rows = encoded(array);
        assert_eq!(rows.iter().collect::<HashSet<_>>().len(), rows.len(), "{rows:?}");
    }

    fn hstore(rows: &[Pairs]) -> ArrayRef {
        let mut builder = HstoreBuilder::new();
        for row in rows {
            match row {
                Some(pairs) => builder.append(pairs.iter().copied()),
                None => builder.append_null(),
            }
        }
        Arc::new(builder.finish())
    }

    #[test]
    fn hstores_that_look_alike_differ() {
        assert_all_differ(&hstore(&[
            None,
            Some(&[]),
            Some(&[("", None)]),
            Some(&[("", Some(""))]),
            Some(&[("a", None)]),
            Some(&[("a", Some("NULL"))]),
            Some(&[("a", Some("b"))]),
            Some(&[("ab", Some(""))]),
            Some(&[("a", Some("b")), ("c", Some("d"))]),
        ]));
    }

    #[test]
    fn pairs_of_an_hstore_have_no_order() {
        let pairs = [("a", Some("1")), ("bb", None)];
        let rows = encoded(&hstore(&[Some(&pairs), Some(&[pairs[1], pairs[0]])]));
        assert_eq!(rows[0], rows[1]);
    }

    #[test]
    fn arrays_that_look_alike_differ() {
        let mut lists = ListBuilder::new(StringBuilder::new());
        lists.append_null();
        lists.append_value(std::iter::empty::<Option<&str>>());
        for items in
            [[None, Some("")], [Some(""), None], [Some("a"), Some("b")], [Some("b"), Some("a")]]
        {
            lists.append_value(items);
        }
        lists.append_value([Some("ab")]);
        assert_all_differ(&lists.finish());
    }

    #[test]
    fn not_a_number_is_one_value() {
        let other_nan = f64::from_bits(f64::NAN.to_bits() | 1);
        let rows = encoded(&Float64Array::from(vec![f64::NAN, other_nan]));
        assert_eq!(rows[0], rows[1]);
        assert_all_differ(&Float64Array::from(vec![None, Some(0.0), Some(f64::NAN), Some(1.0)]));
    }
}
