//! `DECIMAL + DECIMAL`.

use super::sum;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::{of_two, unsigned_zero};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_add",
    syntax: "",
    summary: "Adds two DECIMALs; 22003 where the sum is too large.",
    examples: &[Example { sql: "SELECT 1.5 + 2", prints: "3.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        add,
    )]),
};

fn add(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |left, right| sum(left, right).map(unsigned_zero))
}
