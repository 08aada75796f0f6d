//! Prints any cell as PostgreSQL's output functions print it.

use std::fmt::Write;

use datafusion::arrow::array::Array;
use datafusion::arrow::datatypes::Field;

use crate::column::{Cells, Column};
use crate::float::{write_float32, write_float64};
use crate::nested::List;
use crate::number::{write_integer, write_padded};
use crate::{SqlType, TypeError, TypeRoutine, hstore, json_output};

/// Prints the cells of one column as text.
///
/// The Arrow type is found out once, in [`TextFormatter::new`].
pub struct TextFormatter<'a> {
    column: Column<'a>,
}

impl<'a> TextFormatter<'a> {
    /// Prepares to print a column; the field must be the array's.
    ///
    /// # Errors
    /// [`TypeError::NotPrintable`] for types that no query of Census gives.
    pub fn new(field: &Field, array: &'a dyn Array) -> Result<Self, TypeError> {
        let column = Column::new(field, array)?;
        Ok(Self { column })
    }

    /// Tells whether a cell is NULL.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        self.column.is_null(row)
    }

    /// Appends a cell's text and returns true, or returns false where the cell is NULL.
    pub fn write(&self, row: usize, out: &mut String) -> bool {
        if self.column.is_null(row) {
            return false;
        }
        write_cell(&self.column, row, out);
        true
    }
}

/// Prints a single cell and returns true, or returns false where it is NULL.
///
/// For more than a few rows a [`TextFormatter`] is the cheaper way.
///
/// # Errors
/// As [`TextFormatter::new`].
pub fn format_value(
    array: &dyn Array,
    field: &Field,
    row: usize,
    out: &mut String,
) -> Result<bool, TypeError> {
    Ok(TextFormatter::new(field, array)?.write(row, out))
}

/// Prints a cell that is not NULL.
pub(crate) fn write_cell(column: &Column<'_>, row: usize, out: &mut String) {
    let cells = &column.cells;
    match cells {
        Cells::Int64(values) if column.catalog_type == Some(SqlType::RegProc) => {
            write_routine(values[row], out);
        }
        Cells::List(list) if column.catalog_type.as_ref().is_some_and(SqlType::is_vector) => {
            write_vector(list, row, out);
        }
        Cells::Null => {}
        Cells::Bool(values) => out.push(if values.value(row) { 't' } else { 'f' }),
        Cells::UInt64(values) => write_padded(values[row], 1, out),
        Cells::Float16(values) => write_float32(values[row], out),
        Cells::Float32(values) => write_float32(values[row], out),
        Cells::Float64(values) => write_float64(values[row], out),
        Cells::TimestampTz(..) => {
            if let Some(moment) = cells.moment(row) {
                moment.write_text_with_zone(out);
            }
        }
        Cells::Hstore(values) => hstore::text::write(values.entries(row), out),
        Cells::List(list) => write_array(list, row, out),
        Cells::Struct(_) | Cells::Map(_) => json_output::write_cell(column, row, out),
        Cells::Dictionary(keys, values) => write_cell(values, keys[row], out),
        Cells::Decimal(formatter) | Cells::Other(formatter) => {
            // Writing to a `String` cannot fail, and Arrow prints its own failures as text.
            let _ = write!(out, "{}", formatter.value(row));
        }
        _ => write_plain(cells, row, out),
    }
}

/// Prints the types whose text is the same wherever it is printed.
pub(crate) fn write_plain(cells: &Cells<'_>, row: usize, out: &mut String) {
    if let Some(text) = cells.text(row) {
        out.push_str(text);
    } else if let Some(integer) = cells.integer(row) {
        write_integer(integer, out);
    } else if let Some(moment) = cells.moment(row) {
        moment.write_text(out);
    } else if let Some(inet) = cells.inet(row) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{inet}");
    } else if let Some(bytes) = cells.bytes(row) {
        write_bytea(bytes, out);
    } else if let Some(date) = cells.date(row) {
        date.write_text(out);
    } else if let Some(time) = cells.time_of_day(row) {
        time.write(out);
    } else if let Some(interval) = cells.interval(row) {
        interval.write(out);
    }
}

fn write_bytea(bytes: &[u8], out: &mut String) {
    out.push_str("\\x");
    for byte in bytes {
        for half in [byte >> 4, byte & 0xf] {
            out.push(char::from_digit(half.into(), 16).unwrap_or_default());
        }
    }
}

/// Prints `{a,"b c",NULL}`, as PostgreSQL's `array_out`.
fn write_array(list: &List<'_>, row: usize, out: &mut String) {
    out.push('{');
    let range = list.range(row);
    for element in range.clone() {
        if element > range.start {
            out.push(',');
        }
        if list.elements.is_null(element) {
            out.push_str("NULL");
            continue;
        }
        let start = out.len();
        write_cell(&list.elements, element, out);
        let is_array = matches!(list.elements.cells, Cells::List(_));
        if !is_array && needs_quotes(&out[start..]) {
            quote_from(start, out);
        }
    }
    out.push('}');
}

/// Prints `1 2 3`, as PostgreSQL's `oidvectorout` and `int2vectorout`.
fn write_vector(list: &List<'_>, row: usize, out: &mut String) {
    let range = list.range(row);
    for element in range.clone() {
        if element > range.start {
            out.push(' ');
        }
        write_cell(&list.elements, element, out);
    }
}

/// Prints a function by its name, as PostgreSQL's `regprocout`.
fn write_routine(number: i64, out: &mut String) {
    let routine = u32::try_from(number).ok().and_then(TypeRoutine::of_oid);
    match routine {
        Some(routine) => out.push_str(routine.name),
        None if number == 0 => out.push('-'),
        None => write_integer(number, out),
    }
}

fn needs_quotes(element: &str) -> bool {
    element.is_empty()
        || element.eq_ignore_ascii_case("null")
        || element
            .bytes()
            .any(|byte| matches!(byte, b'"' | b'\\' | b'{' | b'}' | b',' | b' ' | b'\t'..=b'\r'))
}

/// Puts quotes around what has been printed since `start`.
fn quote_from(start: usize, out: &mut String) {
    let element = out.split_off(start);
    out.push('"');
    for character in element.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{
        ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, DictionaryArray,
        DurationMicrosecondArray, Int64Array, IntervalMonthDayNanoArray, ListArray, NullArray,
        StringArray, StringViewArray, StructArray, Time64MicrosecondArray,
        TimestampMicrosecondArray, TimestampNanosecondArray, UInt64Array,
    };
    use datafusion::arrow::buffer::OffsetBuffer;
    use datafusion::arrow::datatypes::{DataType, Int32Type, IntervalMonthDayNano};

    use super::*;
    use crate::hstore::HstoreBuilder;

    fn cell(array: &dyn Array, row: usize) -> Option<String> {
        let field = Field::new("c", array.data_type().clone(), true);
        let mut out = String::new();
        let is_valid = format_value(array, &field, row, &mut out).unwrap();
        is_valid.then_some(out)
    }

    fn list_of(elements: ArrayRef) -> ListArray {
        let field = Field::new("item", elements.data_type().clone(), true);
        let offsets = OffsetBuffer::from_lengths([elements.len()]);
        ListArray::new(Arc::new(field), offsets, elements, None)
    }

    #[test]
    fn each_type_is_printed_as_its_output_function_does() {
        let interval = IntervalMonthDayNano::new(0, 1, 7_384_500_000_000);
        let utc = TimestampMicrosecondArray::from(vec![0]).with_timezone("UTC");
        let decimal = Decimal128Array::from(vec![-150]).with_precision_and_scale(10, 2);
        let cells: Vec<(ArrayRef, &str)> = vec![
            (Arc::new(BooleanArray::from(vec![true])), "t"),
            (Arc::new(BooleanArray::from(vec![false])), "f"),
            (Arc::new(Int64Array::from(vec![i64::MIN])), "-9223372036854775808"),
            (Arc::new(UInt64Array::from(vec![u64::MAX])), "18446744073709551615"),
            (Arc::new(decimal.unwrap()), "-1.50"),
            (Arc::new(StringViewArray::from(vec!["plain"])), "plain"),
            (Arc::new(BinaryArray::from_vec(vec![&[0, 0xab]])), "\\x00ab"),
            (Arc::new(Date32Array::from(vec![-719_163])), "0001-12-31 BC"),
            (Arc::new(Time64MicrosecondArray::from(vec![1_500_000])), "00:00:01.5"),
            (Arc::new(utc), "1970-01-01 00:00:00+00"),
            (Arc::new(TimestampNanosecondArray::from(vec![1_999])), "1970-01-01 00:00:00.000001"),
            (Arc::new(IntervalMonthDayNanoArray::from(vec![interval])), "1 day 02:03:04.5"),
            (Arc::new(DurationMicrosecondArray::from(vec![86_400_000_000])), "1 day"),
        ];
        for (array, text) in cells {
            assert_eq!(cell(&array, 0).as_deref(), Some(text), "{}", array.data_type());
        }
    }

    #[test]
    fn null_prints_nothing() {
        assert_eq!(cell(&NullArray::new(1), 0), None);
        assert_eq!(cell(&Int64Array::from(vec![None]), 0), None);
        let dictionary: DictionaryArray<Int32Type> = [Some("a"), None].into_iter().collect();
        assert_eq!(cell(&dictionary, 0).as_deref(), Some("a"));
        assert_eq!(cell(&dictionary, 1), None);
        let empty: DictionaryArray<Int32Type> = [None::<&str>].into_iter().collect();
        assert_eq!(cell(&empty, 0), None);
    }

    #[test]
    fn array_elements_are_quoted_where_postgresql_quotes_them() {
        let texts = StringArray::from(vec![
            Some("a"),
            None,
            Some("NULL"),
            Some("a\tb"),
            Some(""),
            Some("x\"y\\z"),
            Some("é"),
            Some("a b"),
        ]);
        assert_eq!(
            cell(&list_of(Arc::new(texts)), 0).unwrap(),
            "{a,NULL,\"NULL\",\"a\tb\",\"\",\"x\\\"y\\\\z\",é,\"a b\"}"
        );
    }

    #[test]
    fn arrays_of_arrays_and_of_hstore_nest() {
        let inner = list_of(Arc::new(Int64Array::from(vec![1, 2])));
        assert_eq!(cell(&list_of(Arc::new(inner)), 0).unwrap(), "{{1,2}}");
        let mut builder = HstoreBuilder::new();
        builder.append_text("a=>\"x y\"").unwrap();
        builder.append_null();
        builder.append_text("").unwrap();
        let array = list_of(Arc::new(builder.finish()));
        assert_eq!(cell(&array, 0).unwrap(), r#"{"\"a\"=>\"x y\"",NULL,""}"#);
    }

    #[test]
    fn a_sliced_list_prints_its_own_rows() {
        let array = ListArray::from_iter_primitive::<Int32Type, _, _>([
            Some(vec![Some(1)]),
            Some(vec![Some(2), Some(3)]),
            Some(vec![]),
        ]);
        let slice = array.slice(1, 2);
        assert_eq!(cell(&slice, 0).unwrap(), "{2,3}");
        assert_eq!(cell(&slice, 1).unwrap(), "{}");
    }

    #[test]
    fn a_struct_is_printed_as_json() {
        let field = Arc::new(Field::new("a", DataType::Int64, true));
        let array: ArrayRef = Arc::new(Int64Array::from(vec![Some(1), None]));
        let array = StructArray::from(vec![(field, array)]);
        assert_eq!(cell(&array, 0).unwrap(), r#"{"a":1}"#);
        assert_eq!(cell(&array, 1).unwrap(), r#"{"a":null}"#);
    }
}
