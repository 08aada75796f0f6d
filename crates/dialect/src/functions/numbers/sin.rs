//! `sin(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "sin",
    syntax: "sin(double precision) → double precision",
    summary: "Returns the sine of an angle in radians.",
    examples: &[Example { sql: "SELECT sin(pi() / 6)", prints: "0.49999999999999994" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        sin,
    )]),
};

fn sin(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |radians| {
        if radians.is_infinite() {
            return Err(NumberFault::OutOfRange);
        }
        Ok(radians.sin())
    })
}
