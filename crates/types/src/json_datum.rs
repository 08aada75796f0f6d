//! Writes any value as PostgreSQL's `to_json` does, which is not how answers are printed as JSON: see `json_output`.

use datafusion::arrow::array::Array;
use datafusion::arrow::datatypes::Field;

use crate::column::{Cells, Column};
use crate::json_output::write_json_string;
use crate::{TypeError, text};

/// Writes the values of one column as members of JSON.
pub struct JsonDatum<'a> {
    column: Column<'a>,
}

impl<'a> JsonDatum<'a> {
    /// Prepares to write a column; the field must be the array's.
    ///
    /// # Errors
    /// [`TypeError::NotPrintable`] for types that no query of Census gives.
    pub fn new(field: &Field, array: &'a dyn Array) -> Result<Self, TypeError> {
        Ok(Self { column: Column::new(field, array)? })
    }

    /// Tells whether a value is NULL.
    #[must_use]
    pub fn is_null(&self, row: usize) -> bool {
        self.column.is_null(row)
    }

    /// Tells whether values are themselves structured, so that none can be a key.
    #[must_use]
    pub fn is_structured(&self) -> bool {
        self.column.is_json
            || matches!(self.column.cells, Cells::List(_) | Cells::Struct(_) | Cells::Map(_))
    }

    /// Appends a value; NULL is `null`.
    pub fn write(&self, row: usize, out: &mut String) {
        write(&self.column, row, out);
    }

    /// Appends a value as a key, which is always a string.
    pub fn write_key(&self, row: usize, out: &mut String) {
        let mut key = String::new();
        match &self.column.cells {
            Cells::Bool(_) | Cells::Timestamp(..) | Cells::TimestampTz(..) => {
                write(&self.column, row, &mut key);
                if key.starts_with('"') {
                    return out.push_str(&key);
                }
            }
            _ => text::write_cell(&self.column, row, &mut key),
        }
        write_json_string(&key, out);
    }
}

fn write(column: &Column<'_>, row: usize, out: &mut String) {
    if column.is_null(row) {
        return out.push_str("null");
    }
    let cells = &column.cells;
    match cells {
        Cells::Dictionary(keys, values) => return write(values, keys[row], out),
        Cells::Bool(values) => {
            return out.push_str(if values.value(row) { "true" } else { "false" });
        }
        Cells::Hstore(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.entries(row).enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                write_json_string(key, out);
                out.push_str(": ");
                match value {
                    Some(value) => write_json_string(value, out),
                    None => out.push_str("null"),
                }
            }
            return out.push('}');
        }
        Cells::List(list) => {
            out.push('[');
            let range = list.range(row);
            for element in range.clone() {
                if element > range.start {
                    out.push(',');
                }
                write(&list.elements, element, out);
            }
            return out.push(']');
        }
        _ => {}
    }
    let mut printed = String::new();
    text::write_cell(column, row, &mut printed);
    match cells {
        _ if column.is_json || is_number(cells, &printed) => out.push_str(&printed),
        Cells::Timestamp(..) => write_json_string(&printed.replacen(' ', "T", 1), out),
        Cells::TimestampTz(..) => {
            write_json_string(&format!("{}:00", printed.replacen(' ', "T", 1)), out);
        }
        _ => write_json_string(&printed, out),
    }
}

/// Tells whether what is printed is a number that JSON has; NaN and the infinities are strings.
fn is_number(cells: &Cells<'_>, printed: &str) -> bool {
    let is_numeric = cells.integer(0).is_some()
        || matches!(
            cells,
            Cells::UInt64(_)
                | Cells::Float16(_)
                | Cells::Float32(_)
                | Cells::Float64(_)
                | Cells::Decimal(_)
        );
    is_numeric && printed.ends_with(|last: char| last.is_ascii_digit())
}
