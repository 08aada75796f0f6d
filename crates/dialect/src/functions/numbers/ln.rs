//! `ln(…)`.

use super::doubles::{logarithm, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "ln",
    syntax: "ln(double precision) → double precision",
    summary: "Returns the natural logarithm; 2201E of a number that is not above zero.",
    examples: &[Example { sql: "SELECT ln(2)", prints: "0.6931471805599453" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        ln,
    )]),
};

fn ln(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| logarithm(number, f64::ln))
}
