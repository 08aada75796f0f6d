//! `asin(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "asin",
    syntax: "asin(double precision) → double precision",
    summary: "Returns the angle in radians that has a sine; 22003 where none has.",
    examples: &[Example { sql: "SELECT asin(1)", prints: "1.5707963267948966" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        asin,
    )]),
};

fn asin(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |sine| {
        if sine.abs() > 1.0 {
            return Err(NumberFault::OutOfRange);
        }
        Ok(sine.asin())
    })
}
