//! `double precision / double precision`.

use super::quotient;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::of_two;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_divide",
    syntax: "",
    summary: "Divides two numbers of double precision; 22012 where the divisor is zero.",
    examples: &[Example { sql: "SELECT 1 / 4.0::float8", prints: "0.25" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        divide,
    )]),
};

fn divide(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, quotient)
}
