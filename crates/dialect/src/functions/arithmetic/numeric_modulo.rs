//! `DECIMAL % DECIMAL`.

use super::remainder;
use crate::functions::argument::Arguments;
use crate::functions::numbers::doubles::{of_two, unsigned_zero};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__numeric_modulo",
    syntax: "",
    summary: "Returns what remains of a division of DECIMALs; 22012 where the divisor is zero.",
    examples: &[Example { sql: "SELECT 5.5 % 2", prints: "1.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        modulo,
    )]),
};

fn modulo(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |left, right| remainder(left, right).map(unsigned_zero))
}
