//! `degrees(…)`.

use super::degree_angles::RADIANS_PER_DEGREE;
use super::doubles::{not_overflown, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "degrees",
    syntax: "degrees(double precision) → double precision",
    summary: "Turns radians into degrees.",
    examples: &[Example { sql: "SELECT degrees(pi())", prints: "180" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        degrees,
    )]),
};

fn degrees(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |radians| not_overflown([radians; 2], radians / RADIANS_PER_DEGREE))
}
