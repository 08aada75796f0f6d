//! `double precision % double precision`.

use super::{Float8Fault, float8};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_modulo",
    syntax: "",
    summary: "Returns what remains of a division of floating-point numbers; 22012 where the divisor is zero.",
    examples: &[Example { sql: "SELECT 5.5 % 2", prints: "1.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        modulo,
    )]),
};

fn modulo(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    float8(arguments, |left, right| {
        // A NaN divided by zero stays a NaN, as in PostgreSQL.
        if right == 0.0 && !left.is_nan() {
            return Err(Float8Fault::DivisionByZero);
        }
        Ok(left % right)
    })
}
