//! `cot(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "cot",
    syntax: "cot(double precision) → double precision",
    summary: "Returns the cotangent of an angle in radians.",
    examples: &[Example { sql: "SELECT cot(0.5)", prints: "1.830487721712452" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        cot,
    )]),
};

fn cot(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |radians| {
        if radians.is_infinite() {
            return Err(NumberFault::OutOfRange);
        }
        Ok(1.0 / radians.tan())
    })
}
