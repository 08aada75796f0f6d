//! Where a value lies among thresholds.

use super::doubles::unsigned_zero;
use crate::error::DialectError;
use crate::functions::argument::{Arguments, external};
use crate::functions::rows;
use crate::functions::time::interval_length;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use datafusion::arrow::array::make_comparator;
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::{SortOptions, cast};
use datafusion::arrow::datatypes::{DataType, Float64Type};
use datafusion::common::Result;
use std::cmp::Ordering;
use std::sync::Arc;

/// Counts the thresholds that are not above a value, by halving: they are taken to be sorted.
pub(super) fn width_bucket(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (operands, thresholds) = (arguments.any(0)?, arguments.any(1)?);
    let lists = thresholds.array.as_list::<i32>();
    if matches!(lists.value_type(), DataType::List(_)) {
        let message = "thresholds must be one-dimensional array";
        return Err(external(Error::new(SqlState::ArraySubscriptError, message)));
    }
    let Some(shared) = shared_type(operands.array.data_type(), &lists.value_type()) else {
        let record = &super::width_bucket::RECORD;
        let names = [0, 1].map(|index| type_name(arguments.field(index)));
        return Err(DialectError::UnknownSignature {
            name: record.name.to_owned(),
            arguments: names.join(", "),
            syntax: record.syntax,
        }
        .into());
    };
    let values = comparable(&cast(&operands.array, &shared)?)?;
    let items = comparable(&cast(lists.values(), &shared)?)?;
    let compare = make_comparator(&values, &items, SortOptions::default())?;
    rows::bigints(arguments.rows(), |row| {
        let (value, list) = (operands.index(row), thresholds.index(row));
        if values.is_null(value) || lists.is_null(list) {
            return Ok(None);
        }
        let offsets = lists.value_offsets();
        // Arrow keeps offsets as i32 that are never negative.
        #[allow(clippy::cast_sign_loss)]
        let (start, end) = (offsets[list] as usize, offsets[list + 1] as usize);
        if (start..end).any(|item| items.is_null(item)) {
            let message = "thresholds array must not contain NULLs";
            return Err(external(Error::new(SqlState::NullValueNotAllowed, message)));
        }
        let (mut low, mut high) = (start, end);
        while low < high {
            let middle = low.midpoint(high);
            if compare(value, middle) == Ordering::Less {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(Some(rows::count(low - start)))
    })
}

/// Returns the type that a value and thresholds are compared in.
fn shared_type(value: &DataType, item: &DataType) -> Option<DataType> {
    let is_ordered = item.is_numeric()
        || item.is_temporal()
        || item.is_null()
        || matches!(item, DataType::Utf8 | DataType::Utf8View);
    match (value, item) {
        _ if !is_ordered => None,
        (value, item) if value == item => Some(item.clone()),
        (value, DataType::Null) => Some(value.clone()),
        (value, item) if value.is_numeric() && item.is_numeric() => Some(DataType::Float64),
        _ => None,
    }
}

/// Returns values whose order is PostgreSQL's: intervals by their length, zeros without sign.
fn comparable(values: &ArrayRef) -> Result<ArrayRef> {
    match values.as_primitive_opt::<Float64Type>() {
        Some(numbers) => Ok(Arc::new(numbers.unary::<_, Float64Type>(unsigned_zero))),
        None => interval_length::of_intervals(values),
    }
}
