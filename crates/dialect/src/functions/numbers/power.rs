//! `power(…)`.

use super::doubles::{NumberFault, not_overflown, of_two};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "power",
    syntax: "power(double precision, double precision) → double precision",
    summary: "Raises the first number to the power of the second.",
    examples: &[
        Example { sql: "SELECT power(9, 3)", prints: "729" },
        Example { sql: "SELECT power(2, -1)", prints: "0.5" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        power,
    )]),
};

fn power(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, raised)
}

/// Raises a number to a power.
pub(super) fn raised(base: f64, exponent: f64) -> Result<f64, NumberFault> {
    if base == 0.0 && exponent < 0.0 {
        return Err(NumberFault::NegativePowerOfZero);
    }
    if base < 0.0 && exponent.is_finite() && exponent.fract() != 0.0 {
        return Err(NumberFault::FractionalPowerOfNegative);
    }
    let power = not_overflown([base, exponent], base.powf(exponent))?;
    if power == 0.0 && base != 0.0 && base.is_finite() && exponent.is_finite() {
        return Err(NumberFault::Underflow);
    }
    Ok(power)
}
