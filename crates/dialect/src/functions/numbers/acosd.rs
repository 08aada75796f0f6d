//! `acosd(…)`.

use super::degree_angles;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "acosd",
    syntax: "acosd(double precision) → double precision",
    summary: "Returns the angle in degrees that has a cosine; 22003 where none has.",
    examples: &[Example { sql: "SELECT acosd(0.5)", prints: "60" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        acosd,
    )]),
};

fn acosd(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, degree_angles::arc_cosine)
}
