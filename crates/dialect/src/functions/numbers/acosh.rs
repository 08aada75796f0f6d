//! `acosh(…)`.

use super::doubles::{NumberFault, of_one};
use super::inverse_hyperbolic;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "acosh",
    syntax: "acosh(double precision) → double precision",
    summary: "Returns the number that has a hyperbolic cosine; 22003 where none has.",
    examples: &[Example { sql: "SELECT acosh(2)", prints: "1.3169578969248166" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        acosh,
    )]),
};

fn acosh(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |cosine| {
        if cosine < 1.0 {
            return Err(NumberFault::OutOfRange);
        }
        Ok(inverse_hyperbolic::of_cosine(cosine))
    })
}
