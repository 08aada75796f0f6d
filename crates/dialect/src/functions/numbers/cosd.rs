//! `cosd(…)`.

use super::degree_angles;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "cosd",
    syntax: "cosd(double precision) → double precision",
    summary: "Returns the cosine of an angle in degrees.",
    examples: &[Example { sql: "SELECT cosd(60)", prints: "0.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        cosd,
    )]),
};

fn cosd(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, degree_angles::cosine)
}
