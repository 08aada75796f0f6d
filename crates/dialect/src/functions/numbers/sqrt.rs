//! `sqrt(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "sqrt",
    syntax: "sqrt(double precision) → double precision",
    summary: "Returns the square root; 2201F of a negative number.",
    examples: &[Example { sql: "SELECT sqrt(2)", prints: "1.4142135623730951" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        sqrt,
    )]),
};

fn sqrt(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| {
        if number < 0.0 {
            return Err(NumberFault::RootOfNegative);
        }
        Ok(number.sqrt())
    })
}
