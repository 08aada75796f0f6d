//! Arithmetic that fails where DataFusion's own would wrap around or answer infinity.

pub(super) mod add;
pub(super) mod float8_add;
pub(super) mod float8_divide;
pub(super) mod float8_modulo;
pub(super) mod float8_multiply;
pub(super) mod float8_subtract;
pub(super) mod multiply;
pub(super) mod subtract;

use crate::functions::argument::{Arguments, external};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Datum, Float64Builder, Scalar};
use datafusion::arrow::datatypes::Float64Type;
use datafusion::arrow::error::ArrowError;
use datafusion::common::Result;
use std::sync::Arc;

/// Applies a checked kernel of Arrow; a constant stays one value.
fn checked(
    arguments: &Arguments<'_>,
    kernel: fn(&dyn Datum, &dyn Datum) -> Result<ArrayRef, ArrowError>,
) -> Result<ArrayRef> {
    let (left, right) = (arguments.any(0)?, arguments.any(1)?);
    let array = match (left.is_constant, right.is_constant) {
        (true, false) => kernel(&Scalar::new(left.array), &right.array)?,
        (false, true) => kernel(&left.array, &Scalar::new(right.array))?,
        _ => kernel(&left.array, &right.array)?,
    };
    Ok(array)
}

/// Why an operation on floating-point numbers has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Float8Fault {
    DivisionByZero,
    Overflow,
    Underflow,
}

impl From<Float8Fault> for Error {
    fn from(fault: Float8Fault) -> Self {
        match fault {
            Float8Fault::DivisionByZero => Self::new(SqlState::DivisionByZero, "division by zero"),
            Float8Fault::Overflow => {
                Self::new(SqlState::NumericValueOutOfRange, "value out of range: overflow")
            }
            Float8Fault::Underflow => {
                Self::new(SqlState::NumericValueOutOfRange, "value out of range: underflow")
            }
        }
    }
}

/// Applies an operation to the rows in which both numbers are there.
fn float8(
    arguments: &Arguments<'_>,
    operation: fn(f64, f64) -> Result<f64, Float8Fault>,
) -> Result<ArrayRef> {
    let (left, right) = (arguments.any(0)?, arguments.any(1)?);
    let lefts = left.array.as_primitive::<Float64Type>();
    let rights = right.array.as_primitive::<Float64Type>();
    let mut builder = Float64Builder::with_capacity(arguments.rows());
    for row in 0..arguments.rows() {
        let (first, second) = (left.index(row), right.index(row));
        if lefts.is_null(first) || rights.is_null(second) {
            builder.append_null();
        } else {
            let result = operation(lefts.value(first), rights.value(second));
            builder.append_value(result.map_err(external)?);
        }
    }
    Ok(Arc::new(builder.finish()))
}

/// Refuses an infinite result of finite operands, as PostgreSQL does.
fn checked_float8(left: f64, right: f64, result: f64) -> Result<f64, Float8Fault> {
    if result.is_infinite() && left.is_finite() && right.is_finite() {
        return Err(Float8Fault::Overflow);
    }
    Ok(result)
}
