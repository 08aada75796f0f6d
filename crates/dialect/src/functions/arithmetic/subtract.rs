//! `bigint - bigint`.

use super::checked;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::compute::kernels::numeric;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__bigint_subtract",
    syntax: "",
    summary: "Subtracts two bigints; 22003 where the difference is none.",
    examples: &[Example { sql: "SELECT 2 - 3", prints: "-1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint],
        Parameter::Bigint,
        subtract,
    )]),
};

fn subtract(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    checked(arguments, numeric::sub)
}
