//! `atan(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "atan",
    syntax: "atan(double precision) → double precision",
    summary: "Returns the angle in radians that has a tangent.",
    examples: &[Example { sql: "SELECT atan(1)", prints: "0.7853981633974483" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        atan,
    )]),
};

fn atan(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |tangent| Ok(tangent.atan()))
}
