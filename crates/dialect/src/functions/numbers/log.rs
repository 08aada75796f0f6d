//! `log(…)`.

use super::doubles::{NumberFault, logarithm, of_one, of_two};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "log",
    syntax: "log(double precision) → double precision\nlog(numeric, numeric) → numeric",
    summary: "Returns the logarithm to the base ten, or of the second number to the base of the first.",
    examples: &[
        Example { sql: "SELECT log(100)", prints: "2" },
        Example { sql: "SELECT log(2, 64)", prints: "6" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::DoublePrecision], Parameter::DoublePrecision, to_ten),
        Overload::strict(
            &[Parameter::DoublePrecision, Parameter::DoublePrecision],
            Parameter::DoublePrecision,
            to_base,
        ),
    ]),
};

fn to_ten(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| logarithm(number, f64::log10))
}

fn to_base(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |base, number| {
        let divisor = logarithm(base, f64::ln)?;
        let quotient = logarithm(number, f64::ln)?;
        if divisor == 0.0 {
            return Err(NumberFault::DivisionByZero);
        }
        let power = quotient / divisor;
        // Of what is a power of the base, the exponent is exact.
        let nearest = power.round();
        #[allow(clippy::float_cmp)]
        let is_power = (power - nearest).abs() < 1e-9 && base.powf(nearest) == number;
        Ok(if is_power { nearest } else { power })
    })
}
