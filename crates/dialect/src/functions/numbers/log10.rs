//! `log10(…)`.

use super::doubles::{logarithm, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "log10",
    syntax: "log10(double precision) → double precision",
    summary: "Returns the logarithm to the base ten; 2201E of a number that is not above zero.",
    examples: &[Example { sql: "SELECT log10(1000)", prints: "3" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        log10,
    )]),
};

fn log10(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| logarithm(number, f64::log10))
}
