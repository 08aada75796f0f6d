//! `cosh(…)`.

use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "cosh",
    syntax: "cosh(double precision) → double precision",
    summary: "Returns the hyperbolic cosine.",
    examples: &[Example { sql: "SELECT cosh(1)", prints: "1.5430806348152437" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        cosh,
    )]),
};

fn cosh(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.cosh()))
}
