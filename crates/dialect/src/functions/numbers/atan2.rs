//! `atan2(…)`.

use super::doubles::of_two;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "atan2",
    syntax: "atan2(double precision, double precision) → double precision",
    summary: "Returns the angle in radians of the point whose y comes first and x second.",
    examples: &[Example { sql: "SELECT atan2(1, 0)", prints: "1.5707963267948966" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        atan2,
    )]),
};

fn atan2(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |y, x| Ok(y.atan2(x)))
}
