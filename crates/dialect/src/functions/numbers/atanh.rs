//! `atanh(…)`.

use super::doubles::{NumberFault, of_one};
use super::inverse_hyperbolic;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "atanh",
    syntax: "atanh(double precision) → double precision",
    summary: "Returns the number that has a hyperbolic tangent; 22003 where none has.",
    examples: &[Example { sql: "SELECT atanh(0.5)", prints: "0.5493061443340548" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        atanh,
    )]),
};

fn atanh(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |tangent| {
        if tangent.abs() > 1.0 {
            return Err(NumberFault::OutOfRange);
        }
        Ok(inverse_hyperbolic::of_tangent(tangent))
    })
}
