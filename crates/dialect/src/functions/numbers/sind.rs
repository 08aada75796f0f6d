//! `sind(…)`.

use super::degree_angles;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "sind",
    syntax: "sind(double precision) → double precision",
    summary: "Returns the sine of an angle in degrees.",
    examples: &[Example { sql: "SELECT sind(30)", prints: "0.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        sind,
    )]),
};

fn sind(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, degree_angles::sine)
}
