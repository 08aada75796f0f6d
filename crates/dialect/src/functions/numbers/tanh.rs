//! `tanh(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "tanh",
    syntax: "tanh(double precision) → double precision",
    summary: "Returns the hyperbolic tangent.",
    examples: &[Example { sql: "SELECT tanh(1)", prints: "0.7615941559557649" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        tanh,
    )]),
};

fn tanh(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.tanh()))
}
