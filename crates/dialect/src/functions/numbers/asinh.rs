//! `asinh(…)`.

use super::doubles::of_one;
use super::inverse_hyperbolic;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "asinh",
    syntax: "asinh(double precision) → double precision",
    summary: "Returns the number that has a hyperbolic sine.",
    examples: &[Example { sql: "SELECT asinh(1)", prints: "0.881373587019543" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        asinh,
    )]),
};

fn asinh(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |sine| Ok(inverse_hyperbolic::of_sine(sine)))
}
