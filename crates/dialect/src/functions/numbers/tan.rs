//! `tan(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "tan",
    syntax: "tan(double precision) → double precision",
    summary: "Returns the tangent of an angle in radians.",
    examples: &[Example { sql: "SELECT tan(0.5)", prints: "0.5463024898437905" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        tan,
    )]),
};

fn tan(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |radians| {
        if radians.is_infinite() {
            return Err(NumberFault::OutOfRange);
        }
        Ok(radians.tan())
    })
}
