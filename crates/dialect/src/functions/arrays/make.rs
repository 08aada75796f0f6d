//! `ARRAY[…]`.

use super::items::{converted, read_arrays};
use super::lists::{Lists, ListsBuilder, fault};
use crate::array_types;
use crate::functions::argument::Argument;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use crate::resolution;
use census_error::SqlState;
use census_types::SqlType;
use census_types::array_text::MAXIMUM_DIMENSIONS;
use datafusion::arrow::array::{ArrayRef, AsArray};
use datafusion::arrow::datatypes::{DataType, FieldRef};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__array",
    syntax: "",
    summary: "Makes an array of values, or of arrays one with a further dimension.",
    examples: &[
        Example { sql: "SELECT ARRAY[1, NULL, 3]", prints: "{1,NULL,3}" },
        Example { sql: "SELECT ARRAY[1, 2.5]", prints: "{1,2.5}" },
        Example { sql: "SELECT ARRAY[[1, 2], [3, 4]]", prints: "{{1,2},{3,4}}" },
        Example { sql: "SELECT ARRAY[ARRAY[]::bigint[]]", prints: "{}" },
    ],
    implementation: Implementation::Typed(Typed { arguments: None, takes, returns, invoke }),
};

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    vec![resolution::common_of(given); given.len()]
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    let types: Vec<&DataType> = arguments
        .arg_fields
        .iter()
        .zip(arguments.scalar_arguments)
        .filter(|(field, scalar)| !is_open(field.data_type(), **scalar))
        .map(|(field, _)| field.data_type())
        .collect();
    let depth = types.iter().map(|given| array_types::dimensions(given)).max();
    let depth = depth.unwrap_or_default();
    if let Some(single) = types.iter().find(|given| !array_types::is_array(given))
        && depth > 0
    {
        let array = types.iter().find(|given| array_types::is_array(given));
        let array = array.map_or_else(String::new, |given| array_types::name(given));
        let message =
            format!("ARRAY types {array} and {} cannot be matched", array_types::name(single));
        return Err(fault(SqlState::DatatypeMismatch, message));
    }
    if depth == MAXIMUM_DIMENSIONS {
        let message = format!(
            "number of array dimensions ({}) exceeds the maximum allowed ({MAXIMUM_DIMENSIONS})",
            depth + 1
        );
        return Err(fault(SqlState::ProgramLimitExceeded, message));
    }
    // Arrays are of one kind, whatever their items are.
    let items: Vec<DataType> = types
        .iter()
        .map(|given| array_types::array_of(array_types::item(given), depth.min(1)))
        .collect();
    let common = array_types::common(&items)?.unwrap_or(DataType::Utf8);
    let array = array_types::array_of(array_types::item(&common), depth + 1);
    Ok(Arc::new(array_types::field(RECORD.name, array)))
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
    let target = arguments.return_field.data_type();
    let is_constant = arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
    let rows = if is_constant { 1 } else { arguments.number_rows };
    let columns = arguments.args.iter().map(|value| {
        let is_constant = matches!(value, ColumnarValue::Scalar(_));
        Ok(Argument { array: value.to_array(1)?, is_constant })
    });
    let columns = columns.collect::<Result<Vec<_>>>()?;
    let item = array_types::item(target);
    let array = match array_types::dimensions(target) {
        0 | 1 => of_values(&columns, item, rows)?,
        depth => of_arrays(&columns, item, depth, rows)?,
    };
    if is_constant {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}

/// Tells whether a value takes the type of those beside it: a text literal, or NULL.
fn is_open(data_type: &DataType, scalar: Option<&ScalarValue>) -> bool {
    data_type.is_null() || (scalar.is_some() && matches!(data_type, DataType::Utf8))
}

fn of_values(columns: &[Argument<ArrayRef>], item: &DataType, rows: usize) -> Result<ArrayRef> {
    let sources = columns.iter().map(|column| converted(&column.array, item));
    let mut builder = ListsBuilder::new(sources.collect::<Result<_>>()?);
    for row in 0..rows {
        let start = builder.len();
        for (source, column) in columns.iter().enumerate() {
            builder.push(source, column.index(row))?;
        }
        builder.end_flat_row(start);
    }
    builder.finish(item, 1)
}

/// Makes arrays of arrays, which must be alike; NULL counts as an empty one.
fn of_arrays(
    columns: &[Argument<ArrayRef>],
    item: &DataType,
    depth: usize,
    rows: usize,
) -> Result<ArrayRef> {
    let mut members = Vec::with_capacity(columns.len());
    for column in columns {
        let array = match column.array.data_type() {
            DataType::Utf8 => read_arrays(column.array.as_string::<i32>(), item, depth - 1)?,
            given => {
                let own_depth = array_types::dimensions(given).max(1);
                converted(&column.array, &array_types::array_of(item, own_depth))?
            }
        };
        members.push(Argument { array: Lists::new(&array)?, is_constant: column.is_constant });
    }
    let items = members.iter().map(|member| Arc::clone(&member.array.items)).collect();
    let mut builder = ListsBuilder::new(items);
    for row in 0..rows {
        let lengths = members.iter().map(|member| member.array.dimensions(member.index(row)));
        let mut lengths: Vec<Vec<usize>> = lengths.collect();
        let first = lengths.swap_remove(0);
        if lengths.iter().any(|other| *other != first)
            || (!first.is_empty() && first.len() + 1 != depth)
        {
            let message =
                "multidimensional arrays must have array expressions with matching dimensions";
            return Err(fault(SqlState::ArraySubscriptError, message));
        }
        for (source, member) in members.iter().enumerate() {
            builder.extend(source, member.array.range(member.index(row)))?;
        }
        let is_empty = first.is_empty();
        let lengths = [vec![members.len()], first].concat();
        builder.end_row(if is_empty { Vec::new() } else { lengths });
    }
    builder.finish(item, depth)
}
