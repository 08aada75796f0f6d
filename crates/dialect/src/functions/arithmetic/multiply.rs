//! `bigint * bigint`.

use super::checked;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::compute::kernels::numeric;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__bigint_multiply",
    syntax: "",
    summary: "Multiplies two bigints; 22003 where the product is none.",
    examples: &[Example { sql: "SELECT 2 * 3", prints: "6" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint],
        Parameter::Bigint,
        multiply,
    )]),
};

fn multiply(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    checked(arguments, numeric::mul)
}
