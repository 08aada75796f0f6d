//! `double precision + double precision`.

use super::{checked_float8, float8};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_add",
    syntax: "",
    summary: "Adds two floating-point numbers; 22003 where the sum is too large.",
    examples: &[Example { sql: "SELECT 1.5 + 2", prints: "3.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        add,
    )]),
};

fn add(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    float8(arguments, |left, right| checked_float8(left, right, left + right))
}
