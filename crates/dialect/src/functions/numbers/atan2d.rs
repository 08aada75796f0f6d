//! `atan2d(…)`.

use super::degree_angles::of_arc_tangent;
use super::doubles::of_two;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "atan2d",
    syntax: "atan2d(double precision, double precision) → double precision",
    summary: "Returns the angle in degrees of the point whose y comes first and x second.",
    examples: &[Example { sql: "SELECT atan2d(1, 1)", prints: "45" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        atan2d,
    )]),
};

fn atan2d(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |y, x| Ok(of_arc_tangent(y.atan2(x))))
}
