//! `sinh(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "sinh",
    syntax: "sinh(double precision) → double precision",
    summary: "Returns the hyperbolic sine.",
    examples: &[Example { sql: "SELECT sinh(1)", prints: "1.1752011936438014" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        sinh,
    )]),
};

fn sinh(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.sinh()))
}
