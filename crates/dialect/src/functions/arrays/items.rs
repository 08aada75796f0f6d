//! Items of arrays: in another type, in PostgreSQL's order, and read from text.

use super::lists::{Lists, fault, nested};
use crate::array_types;
use crate::casts;
use crate::functions::argument::external;
use crate::functions::{self, Argument, Arguments};
use census_error::SqlState;
use census_types::{array_text, hstore, inet, json};
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, DynComparator, Float64Array, StringArray, StringBuilder,
    make_comparator,
};
use datafusion::arrow::compute::{CastOptions, SortOptions, cast_with_options};
use datafusion::arrow::datatypes::{DataType, Float64Type};
use datafusion::common::format::DEFAULT_FORMAT_OPTIONS;
use datafusion::common::{Result, ScalarValue};
use std::sync::Arc;

/// Casts values as PostgreSQL's casts do.
pub(super) fn converted(values: &ArrayRef, target: &DataType) -> Result<ArrayRef> {
    if values.data_type() == target {
        return Ok(Arc::clone(values));
    }
    let cast = match casts::function(values.data_type(), target)? {
        Some(name) => functions::apply(name, values)?,
        None => Arc::clone(values),
    };
    if cast.data_type() == target {
        return Ok(cast);
    }
    let options = CastOptions { safe: false, format_options: DEFAULT_FORMAT_OPTIONS };
    Ok(cast_with_options(&cast, target, &options)?)
}

/// Returns values whose order among values of Arrow is the order of these in PostgreSQL.
pub(super) fn comparable(values: &ArrayRef) -> Result<ArrayRef> {
    match values.data_type() {
        DataType::Interval(_) => functions::apply("__interval_length", values),
        DataType::Float16 | DataType::Float32 => {
            comparable(&converted(values, &DataType::Float64)?)
        }
        DataType::Float64 => {
            // Zero is zero, and what is not a number is greater than all numbers, whatever their signs.
            let plain = |value: f64| match value {
                _ if value.is_nan() => f64::NAN.abs(),
                0.0 => 0.0,
                other => other,
            };
            let values: Float64Array = values.as_primitive::<Float64Type>().unary(plain);
            Ok(Arc::new(values))
        }
        other if hstore::is_hstore_type(other) => functions::apply("__hstore_sort_key", values),
        other if json::is_json_type(other) => functions::apply("__text_out", values),
        _ => Ok(Arc::clone(values)),
    }
}

/// Tells whether Arrow finds values of a type equal where PostgreSQL does.
pub(crate) fn are_equal_as_they_are(data_type: &DataType) -> bool {
    matches!(
        data_type,
        DataType::Boolean
            | DataType::Int64
            | DataType::Utf8
            | DataType::Binary
            | DataType::Date32
            | DataType::Time64(_)
            | DataType::Timestamp(..)
    ) || inet::is_inet_type(data_type)
}

/// Compares items of two columns of one type; neither may be NULL.
pub(super) fn comparator(left: &ArrayRef, right: &ArrayRef) -> Result<DynComparator> {
    let (left, right) = (comparable(left)?, comparable(right)?);
    Ok(make_comparator(left.as_ref(), right.as_ref(), SortOptions::default())?)
}

/// Reads texts as arrays with items of a type; one of another number of dimensions than so many is refused (0A000).
pub(super) fn read_arrays(texts: &StringArray, item: &DataType, depth: usize) -> Result<ArrayRef> {
    let mut items = StringBuilder::new();
    let mut rows = Vec::with_capacity(texts.len());
    for text in texts {
        let Some(text) = text else {
            rows.push(None);
            continue;
        };
        let array = array_text::parse(text).map_err(external)?;
        if !array.dimensions.is_empty() && array.dimensions.len() != depth {
            return Err(other_dimensions(array.dimensions.len(), depth));
        }
        for item in &array.items {
            items.append_option(item.as_deref());
        }
        rows.push(Some(array.dimensions));
    }
    let items: ArrayRef = Arc::new(items.finish());
    nested(converted(&items, item)?, &rows, depth)
}

/// Reads a literal as an array with items of a type, of as many dimensions as it is written with.
///
/// # Errors
/// 22P02 for what is no array, and those of the items.
pub(crate) fn read_array(literal: &ScalarValue, item: &DataType) -> Result<ScalarValue> {
    let texts = converted(&literal.to_array()?, &DataType::Utf8)?;
    let texts = texts.as_string::<i32>();
    let written = texts.iter().flatten().next();
    let depth = written.map_or(1, array_text::written_dimensions).max(1);
    ScalarValue::try_from_array(&read_arrays(texts, item, depth)?, 0)
}

/// Returns the error for an array of another number of dimensions than its expression has.
pub(super) fn other_dimensions(
    given: usize,
    expected: usize,
) -> datafusion::error::DataFusionError {
    let count = |count: usize| match count {
        1 => "1 dimension".to_owned(),
        count => format!("{count} dimensions"),
    };
    fault(
        SqlState::FeatureNotSupported,
        format!("an array of {} cannot stand where arrays have {}", count(given), count(expected)),
    )
}

/// Returns the type that the items of arguments share, which `array_types::common` has found before; texts that stand
/// alone are literals where the others are something else.
pub(super) fn item_type(arguments: &Arguments<'_>, count: usize) -> DataType {
    let types: Vec<&DataType> =
        (0..count).map(|index| arguments.field(index).data_type()).collect();
    common_item(&types).unwrap_or(DataType::Utf8)
}

/// Returns the type that the items of arrays and single values share; `None` where they share none.
pub(in crate::functions) fn common_item(types: &[&DataType]) -> Option<DataType> {
    let is_literal = |data_type: &&&DataType| {
        matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
    };
    let known = types.iter().filter(|given| !is_literal(given));
    let item = array_types::common(known.map(|given| array_types::item(given))).ok()?;
    Some(item.unwrap_or(DataType::Utf8))
}

/// Returns an argument as arrays with items of a type; a text, which only a literal may be, is read as one.
pub(super) fn lists_of(
    arguments: &Arguments<'_>,
    index: usize,
    item: &DataType,
) -> Result<Argument<Lists>> {
    let Argument { array, is_constant } = arguments.any(index)?;
    let array = match array.data_type() {
        DataType::Utf8 => read_arrays(array.as_string::<i32>(), item, 1)?,
        given => {
            let depth = array_types::dimensions(given).max(1);
            let target = array_types::array_of(item, depth);
            if *given == target {
                array
            } else {
                datafusion::arrow::compute::cast(&array, &target)?
            }
        }
    };
    Ok(Argument { array: Lists::new(&array)?, is_constant })
}

/// Returns an argument as single values of a type; a text, which only a literal may be, is read as one.
pub(super) fn values_of(
    arguments: &Arguments<'_>,
    index: usize,
    item: &DataType,
) -> Result<Argument<ArrayRef>> {
    let Argument { array, is_constant } = arguments.any(index)?;
    Ok(Argument { array: converted(&array, item)?, is_constant })
}
