//! `tand(…)`.

use super::degree_angles;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "tand",
    syntax: "tand(double precision) → double precision",
    summary: "Returns the tangent of an angle in degrees.",
    examples: &[Example { sql: "SELECT tand(45)", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        tand,
    )]),
};

fn tand(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, degree_angles::tangent)
}
