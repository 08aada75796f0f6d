//! `double precision * double precision`.

use super::product;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::of_two;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_multiply",
    syntax: "",
    summary: "Multiplies two numbers of double precision; 22003 where the product is too large or too small.",
    examples: &[Example { sql: "SELECT 0 * -1.5::float8", prints: "-0" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        multiply,
    )]),
};

fn multiply(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, product)
}
