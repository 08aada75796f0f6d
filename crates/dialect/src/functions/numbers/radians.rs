//! `radians(…)`.

use super::degree_angles::RADIANS_PER_DEGREE;
use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "radians",
    syntax: "radians(double precision) → double precision",
    summary: "Turns degrees into radians.",
    examples: &[Example { sql: "SELECT radians(180)", prints: "3.141592653589793" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        radians,
    )]),
};

fn radians(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |degrees| {
        let radians = degrees * RADIANS_PER_DEGREE;
        if radians == 0.0 && degrees != 0.0 {
            return Err(NumberFault::Underflow);
        }
        Ok(radians)
    })
}
