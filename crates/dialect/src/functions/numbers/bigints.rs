//! Kernels of functions of bigints.

use crate::functions::argument::{Arguments, external};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use datafusion::error::DataFusionError;

/// Applies a function to the rows in which both numbers are there.
pub(super) fn of_two(
    arguments: &Arguments<'_>,
    function: fn(i64, i64) -> Result<i64>,
) -> Result<ArrayRef> {
    let (left, right) = (arguments.bigints(0)?, arguments.bigints(1)?);
    rows::bigints(arguments.rows(), |row| {
        left.value(row).zip(right.value(row)).map(|(left, right)| function(left, right)).transpose()
    })
}

/// Returns the error for a result that is no bigint (22003).
pub(super) fn out_of_range() -> DataFusionError {
    external(Error::new(SqlState::NumericValueOutOfRange, "bigint out of range"))
}
