//! Values in PostgreSQL's binary format, as its receive functions read them, turned into what a literal would be.

use super::foreign;
use crate::encode::{EPOCH_DAYS, EPOCH_MICROSECONDS, INET_V4, INET_V6, read_numeric};
use bytes::Buf;
use census_engine::ParameterValue;
use census_types::inet::{Family, Inet};
use census_types::{SqlType, format_value, hstore};
use datafusion::arrow::array::{
    Array, BinaryArray, Date32Array, Float32Array, Float64Array, IntervalMonthDayNanoArray,
    Time64MicrosecondArray, TimestampMicrosecondArray,
};
use datafusion::arrow::datatypes::{Field, IntervalMonthDayNano};

/// How many dimensions an array may have.
const MOST_DIMENSIONS: usize = 6;

/// Reads a value of a type, or of one of another number that the type stands for; `None` for bytes that are no value.
pub(super) fn read(mut bytes: &[u8], oid: u32, sql_type: &SqlType) -> Option<ParameterValue> {
    if let Some(format) = foreign::format(oid) {
        return foreign::read(bytes, format).map(ParameterValue::Text);
    }
    match sql_type {
        SqlType::Array(element) => return read_array(&mut bytes, element),
        SqlType::OidVector => return read_array(&mut bytes, &SqlType::Oid),
        SqlType::Int2Vector => return read_array(&mut bytes, &SqlType::Int16),
        _ => {}
    }
    let text = match sql_type {
        SqlType::Bool => match bytes {
            [0] => "f".to_owned(),
            [1] => "t".to_owned(),
            _ => return None,
        },
        SqlType::Int16 => i16::from_be_bytes(bytes.try_into().ok()?).to_string(),
        SqlType::Int32 => i32::from_be_bytes(bytes.try_into().ok()?).to_string(),
        SqlType::Oid | SqlType::RegProc => u32::from_be_bytes(bytes.try_into().ok()?).to_string(),
        // DDSQL has one integer, whatever the client takes the parameter for.
        SqlType::Int64 => match bytes.len() {
            2 => i16::from_be_bytes(bytes.try_into().ok()?).to_string(),
            4 => i32::from_be_bytes(bytes.try_into().ok()?).to_string(),
            _ => i64::from_be_bytes(bytes.try_into().ok()?).to_string(),
        },
        SqlType::Float32 => {
            printed(&Float32Array::from(vec![f32::from_be_bytes(bytes.try_into().ok()?)]))?
        }
        SqlType::Float64 => {
            printed(&Float64Array::from(vec![f64::from_be_bytes(bytes.try_into().ok()?)]))?
        }
        SqlType::Numeric => read_numeric(bytes)?,
        SqlType::Timestamp | SqlType::TimestampTz => {
            let microseconds = i64::from_be_bytes(bytes.try_into().ok()?);
            let microseconds = microseconds.checked_add(EPOCH_MICROSECONDS)?;
            printed(&TimestampMicrosecondArray::from(vec![microseconds]))?
        }
        SqlType::Date => {
            let days = i32::from_be_bytes(bytes.try_into().ok()?).checked_add(EPOCH_DAYS)?;
            printed(&Date32Array::from(vec![days]))?
        }
        SqlType::Time => {
            let microseconds = i64::from_be_bytes(bytes.try_into().ok()?);
            printed(&Time64MicrosecondArray::from(vec![microseconds]))?
        }
        SqlType::Interval => read_interval(bytes)?,
        SqlType::Hstore => read_hstore(&mut bytes)?,
        SqlType::Inet => read_inet(bytes)?,
        SqlType::Bytea => printed(&BinaryArray::from_vec(vec![bytes]))?,
        _ => {
            let text = std::str::from_utf8(bytes).ok()?;
            (!text.contains('\0')).then(|| text.to_owned())?
        }
    };
    Some(ParameterValue::Text(text))
}

fn printed(array: &dyn Array) -> Option<String> {
    let mut text = String::new();
    let field = Field::new("", array.data_type().clone(), true);
    format_value(array, &field, 0, &mut text).ok()?.then_some(text)
}

fn read_interval(mut bytes: &[u8]) -> Option<String> {
    if bytes.len() != 16 {
        return None;
    }
    let microseconds = bytes.get_i64();
    let (days, months) = (bytes.get_i32(), bytes.get_i32());
    let nanoseconds = microseconds.checked_mul(1_000)?;
    let value = IntervalMonthDayNano::new(months, days, nanoseconds);
    printed(&IntervalMonthDayNanoArray::from(vec![value]))
}

/// Reads what `hstore_recv` reads; of keys that are there twice the first counts.
fn read_hstore(bytes: &mut &[u8]) -> Option<String> {
    let count = usize::try_from(bytes.try_get_i32().ok()?).ok()?;
    // Each pair has two lengths at least.
    if count > bytes.len() / 8 {
        return None;
    }
    let mut entries: Vec<(String, Option<String>)> = Vec::with_capacity(count);
    for _ in 0..count {
        let key = read_text(bytes)??;
        let value = read_text(bytes)?;
        if !entries.iter().any(|(known, _)| *known == key) {
            entries.push((key, value));
        }
    }
    if !bytes.is_empty() {
        return None;
    }
    let mut text = String::new();
    let entries = entries.iter().map(|(key, value)| (key.as_str(), value.as_deref()));
    hstore::text::write(entries, &mut text);
    Some(text)
}

/// Reads a text with its length; the inner `None` is NULL.
#[allow(clippy::option_option)]
fn read_text(bytes: &mut &[u8]) -> Option<Option<String>> {
    let Ok(length) = usize::try_from(bytes.try_get_i32().ok()?) else {
        return Some(None);
    };
    let (text, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    let text = std::str::from_utf8(text).ok().filter(|text| !text.contains('\0'))?;
    Some(Some(text.to_owned()))
}

fn read_inet(bytes: &[u8]) -> Option<String> {
    let [family, prefix, _is_cidr, length, address @ ..] = bytes else { return None };
    if address.len() != usize::from(*length) {
        return None;
    }
    let (family, address) = match (*family, address.len()) {
        (INET_V4, 4) => (Family::V4, u128::from(u32::from_be_bytes(address.try_into().ok()?))),
        (INET_V6, 16) => (Family::V6, u128::from_be_bytes(address.try_into().ok()?)),
        _ => return None,
    };
    Inet::new(family, address, *prefix).map(|inet| inet.to_string())
}

fn read_array(bytes: &mut &[u8], element: &SqlType) -> Option<ParameterValue> {
    let dimensions = usize::try_from(bytes.try_get_i32().ok()?).ok()?;
    let _has_null = bytes.try_get_i32().ok()?;
    let item_oid = bytes.try_get_u32().ok()?;
    if dimensions > MOST_DIMENSIONS {
        return None;
    }
    // Integers of any width go into arrays of the only one that there is.
    let known = SqlType::of_oid(item_oid).filter(|found| *found != SqlType::Unknown);
    let item_type = known.unwrap_or_else(|| element.clone());
    let mut sizes = Vec::with_capacity(dimensions);
    for _ in 0..dimensions {
        sizes.push(usize::try_from(bytes.try_get_i32().ok()?).ok()?);
        let _lower_bound = bytes.try_get_i32().ok()?;
    }
    if dimensions == 0 {
        return bytes.is_empty().then(|| ParameterValue::List(Vec::new()));
    }
    let array = read_items(bytes, &sizes, item_oid, &item_type)?;
    bytes.is_empty().then_some(array)
}

fn read_items(
    bytes: &mut &[u8],
    sizes: &[usize],
    item_oid: u32,
    item_type: &SqlType,
) -> Option<ParameterValue> {
    let (size, inner) = sizes.split_first()?;
    let mut items = Vec::new();
    for _ in 0..*size {
        // Each item has a length at least, so that a size that is made up ends with the bytes.
        if bytes.is_empty() {
            return None;
        }
        items.push(if inner.is_empty() {
            match usize::try_from(bytes.try_get_i32().ok()?) {
                Err(_) => ParameterValue::Null,
                Ok(length) => {
                    let (item, rest) = bytes.split_at_checked(length)?;
                    *bytes = rest;
                    read(item, item_oid, item_type)?
                }
            }
        } else {
            read_items(bytes, inner, item_oid, item_type)?
        });
    }
    Some(ParameterValue::List(items))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], sql_type: &SqlType) -> Option<String> {
        match read(bytes, 0, sql_type)? {
            ParameterValue::Text(text) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn values_are_read_as_literals() {
        assert_eq!(text(&[1], &SqlType::Bool).as_deref(), Some("t"));
        assert_eq!(text(&7_i32.to_be_bytes(), &SqlType::Int64).as_deref(), Some("7"));
        assert_eq!(
            text(&0_i64.to_be_bytes(), &SqlType::Timestamp).as_deref(),
            Some("2000-01-01 00:00:00")
        );
        assert_eq!(text(&(-1_i32).to_be_bytes(), &SqlType::Date).as_deref(), Some("1999-12-31"));
        assert_eq!(
            text(&[2, 24, 0, 4, 10, 1, 2, 3], &SqlType::Inet).as_deref(),
            Some("10.1.2.3/24")
        );
        let hstore = b"\0\0\0\x02\0\0\0\x01a\0\0\0\x011\0\0\0\x01b\xff\xff\xff\xff";
        assert_eq!(text(hstore, &SqlType::Hstore).as_deref(), Some("\"a\"=>\"1\", \"b\"=>NULL"));
        assert_eq!(text(&[0xde, 0xad], &SqlType::Bytea).as_deref(), Some("\\xdead"));
    }

    #[test]
    fn arrays_are_read_level_by_level() {
        let bytes = b"\0\0\0\x01\0\0\0\x01\0\0\0\x17\0\0\0\x02\0\0\0\x01\0\0\0\x04\0\0\0\x05\xff\xff\xff\xff";
        let items = vec![ParameterValue::Text("5".to_owned()), ParameterValue::Null];
        assert_eq!(read(bytes, 0, &SqlType::Int64.into_array()), Some(ParameterValue::List(items)));
    }

    #[test]
    fn bytes_that_are_no_value_are_none() {
        for sql_type in SqlType::SCALARS {
            let is_text = matches!(
                sql_type,
                SqlType::Text | SqlType::Json | SqlType::Name | SqlType::Char | SqlType::Unknown
            );
            if !is_text && sql_type != SqlType::Bytea {
                assert_eq!(read(&[9; 3], 0, &sql_type), None, "{sql_type}");
            }
            assert_eq!(read(&[0xff; 11], 0, &sql_type.into_array()), None);
        }
        let endless = b"\0\0\0\x01\0\0\0\0\0\0\0\x17\x7f\xff\xff\xff\0\0\0\x01";
        assert_eq!(read(endless, 0, &SqlType::Int64.into_array()), None);
    }
}
