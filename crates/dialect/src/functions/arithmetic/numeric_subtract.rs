//! `DECIMAL - DECIMAL`.

use super::difference;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::{of_two, unsigned_zero};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_subtract",
    syntax: "",
    summary: "Subtracts two DECIMALs; 22003 where the difference is too large.",
    examples: &[Example { sql: "SELECT 1.5 - 2", prints: "-0.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        subtract,
    )]),
};

fn subtract(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |left, right| difference(left, right).map(unsigned_zero))
}
