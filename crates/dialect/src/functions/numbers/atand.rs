//! `atand(…)`.

use super::degree_angles::of_arc_tangent;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "atand",
    syntax: "atand(double precision) → double precision",
    summary: "Returns the angle in degrees that has a tangent.",
    examples: &[Example { sql: "SELECT atand(1)", prints: "45" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        atand,
    )]),
};

fn atand(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |tangent| Ok(of_arc_tangent(tangent.atan())))
}
