//! `DECIMAL / DECIMAL`.

use super::quotient;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::{of_two, unsigned_zero};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_divide",
    syntax: "",
    summary: "Divides two DECIMALs; 22012 where the divisor is zero.",
    examples: &[Example { sql: "SELECT 1 / 4.0", prints: "0.25" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        divide,
    )]),
};

fn divide(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |left, right| quotient(left, right).map(unsigned_zero))
}
