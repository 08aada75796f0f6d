//! `trim_scale(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "trim_scale",
    syntax: "trim_scale(numeric) → numeric",
    summary: "Returns a number without zeros at its end, which no DECIMAL has.",
    examples: &[Example { sql: "SELECT trim_scale(8.4100)", prints: "8.41" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        trim_scale,
    )]),
};

fn trim_scale(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, Ok)
}
