//! Kernels of functions of numbers of double precision, and why one has no result.

use crate::functions::argument::{Arguments, external};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, Float64Builder};
use datafusion::common::Result;
use std::sync::Arc;

/// Why a function of numbers has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::functions) enum NumberFault {
    DivisionByZero,
    Overflow,
    Underflow,
    /// An argument at which the function is not defined.
    OutOfRange,
    RootOfNegative,
    LogarithmOfZero,
    LogarithmOfNegative,
    NegativePowerOfZero,
    FractionalPowerOfNegative,
    FactorialOfNegative,
}

impl From<NumberFault> for Error {
    fn from(fault: NumberFault) -> Self {
        use SqlState::{
            DivisionByZero, InvalidArgumentForLogarithm, InvalidArgumentForPowerFunction,
            NumericValueOutOfRange,
        };
        let (sqlstate, message) = match fault {
            NumberFault::DivisionByZero => (DivisionByZero, "division by zero"),
            NumberFault::Overflow => (NumericValueOutOfRange, "value out of range: overflow"),
            NumberFault::Underflow => (NumericValueOutOfRange, "value out of range: underflow"),
            NumberFault::OutOfRange => (NumericValueOutOfRange, "input is out of range"),
            NumberFault::RootOfNegative => {
                (InvalidArgumentForPowerFunction, "cannot take square root of a negative number")
            }
            NumberFault::LogarithmOfZero => {
                (InvalidArgumentForLogarithm, "cannot take logarithm of zero")
            }
            NumberFault::LogarithmOfNegative => {
                (InvalidArgumentForLogarithm, "cannot take logarithm of a negative number")
            }
            NumberFault::NegativePowerOfZero => {
                (InvalidArgumentForPowerFunction, "zero raised to a negative power is undefined")
            }
            NumberFault::FractionalPowerOfNegative => (
                InvalidArgumentForPowerFunction,
                "a negative number raised to a non-integer power yields a complex result",
            ),
            NumberFault::FactorialOfNegative => {
                (NumericValueOutOfRange, "factorial of a negative number is undefined")
            }
        };
        Self::new(sqlstate, message)
    }
}

/// Applies a function to the rows in which the number is there.
pub(in crate::functions) fn of_one(
    arguments: &Arguments<'_>,
    function: fn(f64) -> Result<f64, NumberFault>,
) -> Result<ArrayRef> {
    let numbers = arguments.doubles(0)?;
    doubles(arguments.rows(), |row| numbers.value(row).map(function).transpose())
}

/// Applies a function to the rows in which both numbers are there.
pub(in crate::functions) fn of_two(
    arguments: &Arguments<'_>,
    function: fn(f64, f64) -> Result<f64, NumberFault>,
) -> Result<ArrayRef> {
    let (left, right) = (arguments.doubles(0)?, arguments.doubles(1)?);
    doubles(arguments.rows(), |row| {
        left.value(row).zip(right.value(row)).map(|(left, right)| function(left, right)).transpose()
    })
}

/// Makes a column of numbers; `None` is NULL.
pub(in crate::functions) fn doubles(
    rows: usize,
    number: impl Fn(usize) -> Result<Option<f64>, NumberFault>,
) -> Result<ArrayRef> {
    let mut builder = Float64Builder::with_capacity(rows);
    for row in 0..rows {
        builder.append_option(number(row).map_err(external)?);
    }
    Ok(Arc::new(builder.finish()))
}

/// Refuses an infinite result of finite operands, as PostgreSQL does.
pub(in crate::functions) fn not_overflown(
    operands: [f64; 2],
    result: f64,
) -> Result<f64, NumberFault> {
    if result.is_infinite() && operands.iter().all(|operand| operand.is_finite()) {
        return Err(NumberFault::Overflow);
    }
    Ok(result)
}

/// Returns a number as `numeric` has it: its zero has no sign.
pub(in crate::functions) fn unsigned_zero(number: f64) -> f64 {
    // Adding the zero without sign takes the sign from the other and leaves every number as it is.
    number + 0.0
}

/// Takes the logarithm by a function where there is one.
pub(in crate::functions) fn logarithm(
    number: f64,
    function: fn(f64) -> f64,
) -> Result<f64, NumberFault> {
    if number == 0.0 {
        return Err(NumberFault::LogarithmOfZero);
    }
    if number < 0.0 {
        return Err(NumberFault::LogarithmOfNegative);
    }
    Ok(function(number))
}
