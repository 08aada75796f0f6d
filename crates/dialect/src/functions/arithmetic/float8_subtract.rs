//! `double precision - double precision`.

use super::difference;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::of_two;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_subtract",
    syntax: "",
    summary: "Subtracts two numbers of double precision; 22003 where the difference is too large.",
    examples: &[Example { sql: "SELECT 1.5::float8 - 2", prints: "-0.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        subtract,
    )]),
};

fn subtract(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, difference)
}
