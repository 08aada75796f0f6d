//! `bigint + bigint`.

use super::checked;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::compute::kernels::numeric;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__bigint_add",
    syntax: "",
    summary: "Adds two bigints; 22003 where the sum is none.",
    examples: &[Example { sql: "SELECT 2 + 3", prints: "5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint],
        Parameter::Bigint,
        add,
    )]),
};

fn add(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    checked(arguments, numeric::add)
}
