//! `acos(…)`.

use super::doubles::{NumberFault, of_one};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "acos",
    syntax: "acos(double precision) → double precision",
    summary: "Returns the angle in radians that has a cosine; 22003 where none has.",
    examples: &[Example { sql: "SELECT acos(1)", prints: "0" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        acos,
    )]),
};

fn acos(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |cosine| {
        if cosine.abs() > 1.0 {
            return Err(NumberFault::OutOfRange);
        }
        Ok(cosine.acos())
    })
}
