//! Arithmetic that fails where DataFusion's own would wrap around or answer infinity.
//!
//! There are two families of it for numbers with a fraction: `__float8_…` is PostgreSQL's `double precision`, and
//! `__numeric_…` its `numeric`, which DECIMAL stands for, in the same format: of that a zero has no sign.

pub(super) mod add;
pub(super) mod bitwise_not;
pub(super) mod float8_add;
pub(super) mod float8_divide;
pub(super) mod float8_modulo;
pub(super) mod float8_multiply;
pub(super) mod float8_subtract;
pub(super) mod multiply;
pub(super) mod numeric_add;
pub(super) mod numeric_divide;
pub(super) mod numeric_modulo;
pub(super) mod numeric_multiply;
pub(super) mod numeric_subtract;
pub(super) mod subtract;

use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::{NumberFault, not_overflown};
use datafusion::arrow::array::{ArrayRef, Datum, Scalar};
use datafusion::arrow::error::ArrowError;
use datafusion::common::Result;

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

fn sum(left: f64, right: f64) -> Result<f64, NumberFault> {
    not_overflown([left, right], left + right)
}

fn difference(left: f64, right: f64) -> Result<f64, NumberFault> {
    not_overflown([left, right], left - right)
}

fn product(left: f64, right: f64) -> Result<f64, NumberFault> {
    let product = not_overflown([left, right], left * right)?;
    if product == 0.0 && left != 0.0 && right != 0.0 {
        return Err(NumberFault::Underflow);
    }
    Ok(product)
}

fn quotient(left: f64, right: f64) -> Result<f64, NumberFault> {
    // A NaN divided by zero stays a NaN, as in PostgreSQL.
    if right == 0.0 && !left.is_nan() {
        return Err(NumberFault::DivisionByZero);
    }
    let quotient = not_overflown([left, right], left / right)?;
    if quotient == 0.0 && left != 0.0 && right.is_finite() {
        return Err(NumberFault::Underflow);
    }
    Ok(quotient)
}

fn remainder(left: f64, right: f64) -> Result<f64, NumberFault> {
    // A NaN divided by zero stays a NaN, as in PostgreSQL.
    if right == 0.0 && !left.is_nan() {
        return Err(NumberFault::DivisionByZero);
    }
    Ok(left % right)
}
