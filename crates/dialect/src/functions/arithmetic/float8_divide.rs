//! `double precision / double precision`.

use super::{Float8Fault, checked_float8, float8};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_divide",
    syntax: "",
    summary: "Divides two floating-point numbers; 22012 where the divisor is zero.",
    examples: &[Example { sql: "SELECT 1 / 4.0", prints: "0.25" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        divide,
    )]),
};

fn divide(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    float8(arguments, |left, right| {
        // A NaN divided by zero stays a NaN, as in PostgreSQL.
        if right == 0.0 && !left.is_nan() {
            return Err(Float8Fault::DivisionByZero);
        }
        let quotient = checked_float8(left, right, left / right)?;
        if quotient == 0.0 && left != 0.0 && right.is_finite() {
            return Err(Float8Fault::Underflow);
        }
        Ok(quotient)
    })
}
