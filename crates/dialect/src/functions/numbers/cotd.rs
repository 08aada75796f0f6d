//! `cotd(…)`.

use super::degree_angles;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "cotd",
    syntax: "cotd(double precision) → double precision",
    summary: "Returns the cotangent of an angle in degrees.",
    examples: &[Example { sql: "SELECT cotd(45)", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        cotd,
    )]),
};

fn cotd(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, degree_angles::cotangent)
}
