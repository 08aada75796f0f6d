//! `array_fill(value, dimensions)`.

use super::items::{converted, other_dimensions, read_arrays};
use super::lists::{Lists, ListsBuilder, fault, too_large};
use crate::array_types;
use crate::error::DialectError;
use crate::functions::argument::{Argument, external};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section, Typed};
use census_error::SqlState;
use census_types::SqlType;
use census_types::array_text::{self, MAXIMUM_DIMENSIONS};
use datafusion::arrow::array::{Array, AsArray};
use datafusion::arrow::datatypes::{DataType, FieldRef, Int64Type};
use datafusion::common::{Result, ScalarValue, exec_err};
use datafusion::logical_expr::{ColumnarValue, ReturnFieldArgs, ScalarFunctionArgs};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_fill",
    syntax: "array_fill(any, bigint[]) → anyarray\narray_fill(any, bigint[], bigint[]) → anyarray",
    summary: "Makes an array of one value over and over, with dimensions of these lengths; their lower bounds can only be 1. Several lengths must be written out.",
    examples: &[
        Example { sql: "SELECT array_fill(11, ARRAY[2, 3])", prints: "{{11,11,11},{11,11,11}}" },
        Example { sql: "SELECT array_fill(7, ARRAY[2])", prints: "{7,7}" },
        Example { sql: "SELECT array_fill('x'::text, ARRAY[0])", prints: "{}" },
    ],
    implementation: Implementation::Typed(Typed { arguments: None, takes, returns, invoke }),
};

fn takes(given: &[SqlType]) -> Vec<SqlType> {
    let lengths = std::iter::repeat(SqlType::Int64.into_array());
    given.iter().take(1).cloned().chain(lengths).take(given.len()).collect()
}

fn returns(arguments: &ReturnFieldArgs<'_>) -> Result<FieldRef> {
    let fields = arguments.arg_fields;
    let scalars = arguments.scalar_arguments;
    let is_list = |index: usize| {
        let given = fields[index].data_type();
        let is_literal = scalars[index].is_some() && *given == DataType::Utf8;
        let item = array_types::item(given);
        given.is_null()
            || is_literal
            || (array_types::is_array(given) && (item.is_integer() || item.is_null()))
    };
    let is_known = matches!(fields.len(), 2 | 3)
        && !array_types::is_array(fields[0].data_type())
        && (1..fields.len()).all(is_list);
    if !is_known {
        let names = fields.iter().map(|field| array_types::name(field.data_type()));
        return Err(DialectError::UnknownSignature {
            name: RECORD.name.to_owned(),
            arguments: names.collect::<Vec<_>>().join(", "),
            syntax: RECORD.syntax,
        }
        .into());
    }
    let value = fields[0].data_type();
    let depth = match scalars[1] {
        Some(scalar) => written_depth(scalar)?,
        None => 1,
    };
    if depth > MAXIMUM_DIMENSIONS {
        let message = format!(
            "number of array dimensions ({depth}) exceeds the maximum allowed ({MAXIMUM_DIMENSIONS})"
        );
        return Err(fault(SqlState::ProgramLimitExceeded, message));
    }
    let array = array_types::array_of(value, depth.max(1));
    Ok(Arc::new(array_types::field(RECORD.name, array)))
}

fn invoke(arguments: &ScalarFunctionArgs) -> Result<ColumnarValue> {
    let target = arguments.return_field.data_type();
    let is_constant = arguments.args.iter().all(|value| matches!(value, ColumnarValue::Scalar(_)));
    let rows = if is_constant { 1 } else { arguments.number_rows };
    let [value, lists @ ..] = arguments.args.as_slice() else {
        return exec_err!("{} needs a value and dimensions", RECORD.name);
    };
    let values = Argument {
        array: value.to_array(1)?,
        is_constant: matches!(value, ColumnarValue::Scalar(_)),
    };
    let lists = lists.iter().map(numbers).collect::<Result<Vec<_>>>()?;
    let depth = array_types::dimensions(target);
    let mut builder = ListsBuilder::new(vec![Arc::clone(&values.array)]);
    for row in 0..rows {
        let lengths = lengths(&lists, row)?;
        if !lengths.is_empty() && lengths.len() != depth {
            return Err(other_dimensions(lengths.len(), depth));
        }
        let count: usize = if lengths.is_empty() { 0 } else { lengths.iter().product() };
        for _ in 0..count {
            builder.push(0, values.index(row))?;
        }
        builder.end_row(if count == 0 { Vec::new() } else { lengths });
    }
    let array = builder.finish(array_types::item(target), depth)?;
    if is_constant {
        return Ok(ColumnarValue::Scalar(ScalarValue::try_from_array(&array, 0)?));
    }
    Ok(ColumnarValue::Array(array))
}

/// Returns how many dimensions a literal asks for; the optimizer may put other constants there, which decide nothing.
fn written_depth(scalar: &ScalarValue) -> Result<usize> {
    match scalar {
        ScalarValue::Utf8(Some(text)) => Ok(array_text::parse(text).map_err(external)?.items.len()),
        _ => Ok(1),
    }
}

/// Returns lengths or bounds as arrays of numbers; a literal is read as one.
fn numbers(value: &ColumnarValue) -> Result<Argument<Lists>> {
    let array = value.to_array(1)?;
    let array = match array.data_type() {
        DataType::Utf8 => read_arrays(array.as_string::<i32>(), &DataType::Int64, 1)?,
        given => {
            let depth = array_types::dimensions(given).max(1);
            converted(&array, &array_types::array_of(&DataType::Int64, depth))?
        }
    };
    let is_constant = matches!(value, ColumnarValue::Scalar(_));
    Ok(Argument { array: Lists::new(&array)?, is_constant })
}

/// Returns the lengths of the dimensions of a row, with bounds checked to begin at 1.
fn lengths(lists: &[Argument<Lists>], row: usize) -> Result<Vec<usize>> {
    let mut all = Vec::with_capacity(2);
    for list in lists {
        let Some(row) = list.row(row) else {
            let message = "dimension array or low bound array cannot be null";
            return Err(fault(SqlState::NullValueNotAllowed, message));
        };
        if list.array.dimensions(row).len() > 1 {
            return Err(fault(SqlState::ArraySubscriptError, "wrong number of array subscripts"));
        }
        let items = list.array.items.as_primitive::<Int64Type>();
        let mut numbers = Vec::new();
        for item in list.array.range(row) {
            if items.is_null(item) {
                let message = "dimension values cannot be null";
                return Err(fault(SqlState::NullValueNotAllowed, message));
            }
            numbers.push(items.value(item));
        }
        all.push(numbers);
    }
    let (dimensions, bounds) = (&all[0], all.get(1));
    if let Some(bounds) = bounds {
        if bounds.len() != dimensions.len() {
            return Err(fault(SqlState::ArraySubscriptError, "wrong number of array subscripts"));
        }
        if bounds.iter().any(|bound| *bound != 1) {
            let message = "array bounds other than from 1 are not supported";
            return Err(fault(SqlState::FeatureNotSupported, message));
        }
    }
    let mut count: usize = 1;
    let mut lengths = Vec::with_capacity(dimensions.len());
    for length in dimensions {
        let length = usize::try_from(*length).map_err(|_| too_large())?;
        count = count.checked_mul(length).ok_or_else(too_large)?;
        lengths.push(length);
    }
    Ok(lengths)
}
