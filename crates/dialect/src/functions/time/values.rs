//! Columns of results, row by row; what is wrong with a row is an error of the statement.

use crate::functions::argument::external;
use census_error::Error;
use census_types::time::{Span, TimeFault};
use datafusion::arrow::array::{ArrayRef, ArrowPrimitiveType, PrimitiveBuilder, StringBuilder};
use datafusion::arrow::datatypes::IntervalMonthDayNanoType;
use datafusion::common::Result;
use std::sync::Arc;

/// Makes a column of values; `None` is NULL.
pub(in crate::functions) fn primitives<T: ArrowPrimitiveType, E: Into<Error>>(
    rows: usize,
    value: impl Fn(usize) -> Result<Option<T::Native>, E>,
) -> Result<ArrayRef> {
    let mut builder = PrimitiveBuilder::<T>::with_capacity(rows);
    for row in 0..rows {
        builder.append_option(value(row).map_err(external)?);
    }
    Ok(Arc::new(builder.finish()))
}

/// Makes a column of intervals; `None` is NULL.
pub(in crate::functions) fn intervals(
    rows: usize,
    value: impl Fn(usize) -> Result<Option<Span>, TimeFault>,
) -> Result<ArrayRef> {
    primitives::<IntervalMonthDayNanoType, TimeFault>(rows, |row| {
        value(row)?.map(Span::to_arrow).transpose()
    })
}

/// Makes a column of texts; `None` is NULL.
pub(in crate::functions) fn texts<E: Into<Error>>(
    rows: usize,
    text: impl Fn(usize) -> Result<Option<String>, E>,
) -> Result<ArrayRef> {
    let mut builder = StringBuilder::with_capacity(rows, rows * 16);
    for row in 0..rows {
        builder.append_option(text(row).map_err(external)?);
    }
    Ok(Arc::new(builder.finish()))
}
