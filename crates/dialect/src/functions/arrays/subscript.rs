//! `array[1]`, `array[1][2]` and `hstore['key']`.

use super::items::converted;
use super::lists::{Lists, fault};
use crate::array_types::{self, first_subscript};
use crate::functions;
use crate::functions::argument::{Argument, external};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use census_error::{Error, SqlState};
use census_types::array_text::MAXIMUM_DIMENSIONS;
use census_types::{SqlType, hstore, json};
use datafusion::arrow::array::{ArrayRef, AsArray, Int64Array, UInt64Array};
use datafusion::arrow::compute::take;
use datafusion::arrow::datatypes::{DataType, FieldRef, Int64Type};
use datafusion::common::{Result, ScalarValue, exec_err};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__subscript",
    syntax: "",
    summary: "Returns an item of an array, NULL where there is none, or the value of a key of an hstore.",
    examples: &[
        Example { sql: "SELECT (ARRAY[10, 20])[2]", prints: "20" },
        Example { sql: "SELECT (ARRAY[10, 20])[0]", prints: "NULL" },
        Example { sql: "SELECT (ARRAY[[1, 2], [3, 4]])[2][1]", prints: "3" },
        Example { sql: "SELECT (ARRAY[[1, 2], [3, 4]])[2]", prints: "NULL" },
        Example { sql: "SELECT (hstore 'a=>1')['a']", prints: "1" },
    ],
    implementation: Implementation::Typed(Typed { arguments: None, takes, returns, invoke }),
};

/// What to do where a part of json is meant.
pub(crate) const JSON_PART_HINT: &str = "json -> 'key' is the value of a key.";

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    let place = match given.first() {
        Some(SqlType::Hstore) => SqlType::Text,
        _ => SqlType::Int64,
    };
    given.iter().take(1).cloned().chain(std::iter::repeat(place)).take(given.len()).collect()
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    let data_type = result(arguments.arg_fields, arguments.scalar_arguments)?;
    Ok(Arc::new(array_types::field(RECORD.name, data_type)))
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
    let Some((value, places)) = arguments.args.split_first() else {
        return exec_err!("{} needs a value", RECORD.name);
    };
    if hstore::is_hstore_type(&value.data_type()) {
        let mut arguments = arguments.clone();
        if let Some(key) = arguments.args.get_mut(1) {
            *key = text(key)?;
        }
        return functions::invoke("__hstore_get", arguments);
    }
    let is_constant = arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
    let rows = if is_constant { 1 } else { arguments.number_rows };
    let lists = Argument {
        array: Lists::new(&value.to_array(1)?)?,
        is_constant: matches!(value, ColumnarValue::Scalar(_)),
    };
    let places = places.iter().map(place).collect::<Result<Vec<_>>>()?;
    let first = arguments.arg_fields.first().map_or(1, |field| first_subscript(field));
    let found = (0..rows).map(|row| found(&lists, &places, first, row));
    let indices: UInt64Array = found.collect();
    let array: ArrayRef = take(&lists.array.items, &indices, None)?;
    if is_constant {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}

/// Returns a key as text.
fn text(key: &ColumnarValue) -> Result<ColumnarValue> {
    let array = converted(&key.to_array(1)?, &DataType::Utf8)?;
    Ok(match key {
        ColumnarValue::Scalar(_) => ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?),
        ColumnarValue::Array(_) => ColumnarValue::Array(array),
    })
}

/// Returns the type of an item, or why there is none.
fn result(fields: &[FieldRef], scalars: &[Option<&ScalarValue>]) -> Result<DataType> {
    let Some((value, places)) = fields.split_first() else {
        return exec_err!("{} needs a value", RECORD.name);
    };
    let data_type = value.data_type();
    if hstore::is_hstore_type(data_type) {
        return if places.len() == 1 { Ok(DataType::Utf8) } else { Err(one_key()) };
    }
    check_value(data_type, scalars.first().copied().flatten())?;
    check_places(places, &scalars[1..])?;
    Ok(array_types::item(data_type).clone())
}

/// Returns the error for an hstore with several keys.
pub(super) fn one_key() -> datafusion::error::DataFusionError {
    fault(SqlState::FeatureNotSupported, "hstore allows only one subscript")
}

/// Refuses what has no items (42804).
pub(super) fn check_value(data_type: &DataType, scalar: Option<&ScalarValue>) -> Result<()> {
    if array_types::is_array(data_type) {
        return Ok(());
    }
    let is_open = scalar.is_some() && *data_type == DataType::Utf8;
    let name = if is_open { "unknown".to_owned() } else { array_types::name(data_type) };
    let message = format!("cannot subscript type {name} because it does not support subscripting");
    let error = Error::new(SqlState::DatatypeMismatch, message);
    Err(external(if json::is_json_type(data_type) {
        error.with_hint(JSON_PART_HINT)
    } else {
        error
    }))
}

/// Refuses places that are no numbers (42804), and too many of them (54000).
pub(super) fn check_places(fields: &[FieldRef], scalars: &[Option<&ScalarValue>]) -> Result<()> {
    if fields.len() > MAXIMUM_DIMENSIONS {
        let message = format!(
            "number of array dimensions ({}) exceeds the maximum allowed ({MAXIMUM_DIMENSIONS})",
            fields.len()
        );
        return Err(fault(SqlState::ProgramLimitExceeded, message));
    }
    for (field, scalar) in fields.iter().zip(scalars) {
        let given = field.data_type();
        let is_literal = scalar.is_some() && *given == DataType::Utf8;
        if !(given.is_numeric() || given.is_null() || is_literal) {
            return Err(fault(
                SqlState::DatatypeMismatch,
                "array subscript must have type integer",
            ));
        }
    }
    Ok(())
}

/// Returns places as numbers; a literal is read as one (22P02).
pub(super) fn place(value: &ColumnarValue) -> Result<Argument<Int64Array>> {
    let is_constant = matches!(value, ColumnarValue::Scalar(_));
    let array = converted(&value.to_array(1)?, &DataType::Int64)?;
    Ok(Argument { array: array.as_primitive::<Int64Type>().clone(), is_constant })
}

/// Returns where the item of a row stands among all items.
/// Returns where the item of a row stands among those of all rows; the first subscript is `first`.
fn found(
    lists: &Argument<Lists>,
    places: &[Argument<Int64Array>],
    first: i64,
    row: usize,
) -> Option<u64> {
    let list = lists.row(row)?;
    let lengths = lists.array.dimensions(list);
    if lengths.len() != places.len() {
        return None;
    }
    let mut index = 0;
    for (place, length) in places.iter().zip(&lengths) {
        let place = usize::try_from(place.value(row)?.checked_sub(first)?).ok()?;
        if place >= *length {
            return None;
        }
        index = index * length + place;
    }
    u64::try_from(lists.array.range(list).start + index).ok()
}
