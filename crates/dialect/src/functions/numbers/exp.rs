//! `exp(…)`.

use super::doubles::{NumberFault, not_overflown, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "exp",
    syntax: "exp(double precision) → double precision",
    summary: "Raises e to a power; 22003 where that is too large or too small.",
    examples: &[Example { sql: "SELECT exp(1)", prints: "2.718281828459045" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        exp,
    )]),
};

fn exp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |exponent| {
        let power = not_overflown([exponent; 2], exponent.exp())?;
        if power == 0.0 && exponent.is_finite() {
            return Err(NumberFault::Underflow);
        }
        Ok(power)
    })
}
