//! `cos(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "cos",
    syntax: "cos(double precision) → double precision",
    summary: "Returns the cosine of an angle in radians.",
    examples: &[Example { sql: "SELECT cos(0)", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        cos,
    )]),
};

fn cos(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |radians| {
        if radians.is_infinite() {
            return Err(NumberFault::OutOfRange);
        }
        Ok(radians.cos())
    })
}
