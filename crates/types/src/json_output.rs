//! Prints cells and rows as JSON: hstore an object, arrays arrays, NULL null, timestamps RFC 3339.
//!
//! json columns are embedded, not quoted, with their numbers and the order of their keys as they
//! are; line breaks between their tokens become spaces, so that a row stays on one line.

use std::fmt::Write;

use datafusion::arrow::array::{Array, RecordBatch};
use datafusion::arrow::datatypes::Field;
use serde_json::value::RawValue;

use crate::TypeError;
use crate::column::{Cells, Column};
use crate::float::{write_float32, write_float64};
use crate::number::{write_integer, write_padded};
use crate::text;

/// Prints the cells of one column as JSON values.
pub struct JsonFormatter<'a> {
    column: Column<'a>,
}

impl<'a> JsonFormatter<'a> {
    /// Prepares to print a column; the field must be the array's.
    ///
    /// # Errors
    /// [`TypeError::NotPrintable`] for types that no query of Census gives.
    pub fn new(field: &Field, array: &'a dyn Array) -> Result<Self, TypeError> {
        let column = Column::new(field, array)?;
        Ok(Self { column })
    }

    /// Appends a cell as a JSON value; NULL is `null`.
    pub fn write(&self, row: usize, out: &mut String) {
        write_value(&self.column, row, out);
    }
}

/// Prints the rows of a batch as JSON objects.
pub struct JsonRowWriter<'a> {
    /// Each column with its name, quoted and followed by a colon.
    columns: Vec<(String, Column<'a>)>,
}

impl<'a> JsonRowWriter<'a> {
    /// Prepares to print the rows of a batch.
    ///
    /// # Errors
    /// As [`JsonFormatter::new`].
    pub fn new(batch: &'a RecordBatch) -> Result<Self, TypeError> {
        let fields = batch.schema_ref().fields();
        let mut columns = Vec::with_capacity(fields.len());
        for (field, array) in fields.iter().zip(batch.columns()) {
            let mut name = String::new();
            write_json_string(field.name(), &mut name);
            name.push(':');
            columns.push((name, Column::new(field, array)?));
        }
        Ok(Self { columns })
    }

    /// Appends a row as an object on one line, without a line break after it.
    ///
    /// Columns of the same name are all printed.
    pub fn write_row(&self, row: usize, out: &mut String) {
        out.push('{');
        for (index, (name, column)) in self.columns.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(name);
            write_value(column, row, out);
        }
        out.push('}');
    }
}

/// Prints a JSON string with its quotes.
pub fn write_json_string(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    // Bytes below 0x20, `"` and `\` are whole characters in UTF-8, so that slicing there is safe.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, ..0x20 | b'"' | b'\\')) {
        out.push_str(&rest[..at]);
        write_escape(rest.as_bytes()[at], out);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

fn write_escape(byte: u8, out: &mut String) {
    let short = match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        b'\n' => "\\n",
        b'\r' => "\\r",
        b'\t' => "\\t",
        0x08 => "\\b",
        0x0c => "\\f",
        _ => {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "\\u{byte:04x}");
            return;
        }
    };
    out.push_str(short);
}

fn write_value(column: &Column<'_>, row: usize, out: &mut String) {
    if column.is_null(row) {
        out.push_str("null");
    } else {
        write_cell(column, row, out);
    }
}

/// Prints a cell that is not NULL.
pub(crate) fn write_cell(column: &Column<'_>, row: usize, out: &mut String) {
    let cells = &column.cells;
    match cells {
        Cells::Null => out.push_str("null"),
        Cells::Bool(values) => out.push_str(if values.value(row) { "true" } else { "false" }),
        Cells::UInt64(values) => write_padded(values[row], 1, out),
        Cells::Float16(values) => write_float(values[row].is_finite(), out, |out| {
            write_float32(values[row], out);
        }),
        Cells::Float32(values) => write_float(values[row].is_finite(), out, |out| {
            write_float32(values[row], out);
        }),
        Cells::Float64(values) => write_float(values[row].is_finite(), out, |out| {
            write_float64(values[row], out);
        }),
        Cells::Decimal(_) => text::write_cell(column, row, out),
        Cells::Hstore(values) => write_object(values.entries(row), out),
        Cells::List(list) => {
            out.push('[');
            let range = list.range(row);
            for element in range.clone() {
                if element > range.start {
                    out.push(',');
                }
                write_value(&list.elements, element, out);
            }
            out.push(']');
        }
        Cells::Struct(_) | Cells::Map(_) => write_nested(cells, row, out),
        Cells::Dictionary(keys, values) => write_cell(values, keys[row], out),
        Cells::Other(_) => {
            let mut printed = String::new();
            text::write_cell(column, row, &mut printed);
            write_json_string(&printed, out);
        }
        _ => write_scalar(column, row, out),
    }
}

fn write_scalar(column: &Column<'_>, row: usize, out: &mut String) {
    let cells = &column.cells;
    if let Some(text) = cells.text(row) {
        if column.is_json {
            write_embedded(text, out);
        } else {
            write_json_string(text, out);
        }
    } else if let Some(integer) = cells.integer(row) {
        write_integer(integer, out);
    } else if let Some(moment) = cells.moment(row) {
        write_quoted(out, |out| moment.write_rfc3339(out));
    } else if let Some(date) = cells.date(row) {
        write_quoted(out, |out| date.write_iso(out));
    } else if cells.bytes(row).is_some() {
        // The text of bytea begins with a backslash, which JSON escapes.
        out.push_str("\"\\");
        text::write_plain(cells, row, out);
        out.push('"');
    } else {
        write_quoted(out, |out| text::write_plain(cells, row, out));
    }
}

/// Prints what needs no escaping between quotes.
fn write_quoted(out: &mut String, write: impl FnOnce(&mut String)) {
    out.push('"');
    write(out);
    out.push('"');
}

/// JSON has no NaN and no infinities: they are printed as strings.
fn write_float(is_finite: bool, out: &mut String, write: impl FnOnce(&mut String)) {
    if is_finite {
        write(out);
    } else {
        write_quoted(out, write);
    }
}

/// Embeds JSON text, or quotes it where it is no valid JSON.
fn write_embedded(text: &str, out: &mut String) {
    let Ok(value) = serde_json::from_str::<&RawValue>(text) else {
        return write_json_string(text, out);
    };
    let value = value.get();
    if value.contains(['\n', '\r']) {
        // Valid JSON has line breaks only between its tokens.
        out.extend(value.chars().map(|character| match character {
            '\n' | '\r' => ' ',
            other => other,
        }));
    } else {
        out.push_str(value);
    }
}

fn write_object<'a>(entries: impl Iterator<Item = crate::hstore::Entry<'a>>, out: &mut String) {
    out.push('{');
    for (index, (key, value)) in entries.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_json_string(key, out);
        out.push(':');
        match value {
            Some(text) => write_json_string(text, out),
            None => out.push_str("null"),
        }
    }
    out.push('}');
}

fn write_nested(cells: &Cells<'_>, row: usize, out: &mut String) {
    out.push('{');
    match cells {
        Cells::Struct(fields) => {
            for (index, (name, column)) in fields.members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json_string(name, out);
                out.push(':');
                write_value(column, row, out);
            }
        }
        Cells::Map(map) => {
            let range = map.range(row);
            for entry in range.clone() {
                if entry > range.start {
                    out.push(',');
                }
                let mut key = String::new();
                text::write_cell(&map.keys, entry, &mut key);
                write_json_string(&key, out);
                out.push(':');
                write_value(&map.values, entry, out);
            }
        }
        _ => {}
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{
        ArrayRef, BinaryArray, Float64Array, Int64Array, ListArray, StringArray,
        TimestampMicrosecondArray,
    };
    use datafusion::arrow::datatypes::{DataType, Int64Type, Schema};
    use proptest::prelude::*;

    use super::*;
    use crate::hstore::HstoreBuilder;
    use crate::{hstore, json, timestamp};

    fn cell(field: &Field, array: &dyn Array, row: usize) -> String {
        let mut out = String::new();
        JsonFormatter::new(field, array).unwrap().write(row, &mut out);
        out
    }

    #[test]
    fn a_row_is_one_object_with_values_of_json_types() {
        let mut tags = HstoreBuilder::new();
        tags.append([("team", Some("a\"b")), ("env", None)]);
        let times = TimestampMicrosecondArray::from(vec![1_752_120_000_000_000]);
        let columns: Vec<(Field, ArrayRef)> = vec![
            (Field::new("_key", DataType::Utf8, true), Arc::new(StringArray::from(vec!["x\ty"]))),
            (Field::new("n", DataType::Int64, true), Arc::new(Int64Array::from(vec![i64::MAX]))),
            (hstore::field("tags", true), Arc::new(tags.finish())),
            (Field::new("at", timestamp::data_type(), true), Arc::new(times)),
            (
                json::stored_field("cors", true),
                Arc::new(StringArray::from(vec!["{\"b\": 1.00,\n\"a\": []}"])),
            ),
            (
                Field::new("missing", DataType::Utf8, true),
                Arc::new(StringArray::from(vec![None::<&str>])),
            ),
        ];
        let (fields, arrays): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap();
        let mut out = String::new();
        JsonRowWriter::new(&batch).unwrap().write_row(0, &mut out);
        insta::assert_snapshot!(out, @r#"{"_key":"x\ty","n":9223372036854775807,"tags":{"env":null,"team":"a\"b"},"at":"2025-07-10T04:00:00Z","cors":{"b": 1.00, "a": []},"missing":null}"#);
    }

    #[test]
    fn json_that_is_not_valid_is_quoted() {
        let array = StringArray::from(vec!["{not json", " 1 "]);
        assert_eq!(cell(&json::stored_field("j", true), &array, 0), r#""{not json""#);
        assert_eq!(cell(&json::stored_field("j", true), &array, 1), "1");
    }

    #[test]
    fn numbers_that_json_lacks_are_strings() {
        let array = Float64Array::from(vec![f64::NAN, f64::NEG_INFINITY, 1e20]);
        let field = Field::new("f", DataType::Float64, true);
        assert_eq!(cell(&field, &array, 0), r#""NaN""#);
        assert_eq!(cell(&field, &array, 1), r#""-Infinity""#);
        assert_eq!(cell(&field, &array, 2), "1e+20");
    }

    #[test]
    fn arrays_keep_their_nulls() {
        let array =
            ListArray::from_iter_primitive::<Int64Type, _, _>([Some(vec![Some(1), None]), None]);
        let field = Field::new("l", array.data_type().clone(), true);
        assert_eq!(cell(&field, &array, 0), "[1,null]");
        assert_eq!(cell(&field, &array, 1), "null");
    }

    #[test]
    fn bytea_is_its_text() {
        let array = BinaryArray::from_vec(vec![&[0xde, 0xad]]);
        let field = Field::new("b", DataType::Binary, true);
        assert_eq!(cell(&field, &array, 0), r#""\\xdead""#);
    }

    proptest! {
        #[test]
        fn a_json_string_reads_back_as_its_text(text: String) {
            let mut out = String::new();
            write_json_string(&text, &mut out);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
        }
    }
}
