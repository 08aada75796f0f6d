//! `asind(…)`.

use super::degree_angles;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "asind",
    syntax: "asind(double precision) → double precision",
    summary: "Returns the angle in degrees that has a sine; 22003 where none has.",
    examples: &[Example { sql: "SELECT asind(0.5)", prints: "30" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        asind,
    )]),
};

fn asind(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, degree_angles::arc_sine)
}
