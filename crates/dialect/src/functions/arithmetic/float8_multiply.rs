//! `double precision * double precision`.

use super::{Float8Fault, checked_float8, float8};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "__float8_multiply",
    syntax: "",
    summary: "Multiplies two floating-point numbers; 22003 where the product is too large or too small.",
    examples: &[Example { sql: "SELECT 1.5 * 2", prints: "3" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision, Parameter::DoublePrecision],
        Parameter::DoublePrecision,
        multiply,
    )]),
};

fn multiply(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    float8(arguments, |left, right| {
        let product = checked_float8(left, right, left * right)?;
        if product == 0.0 && left != 0.0 && right != 0.0 {
            return Err(Float8Fault::Underflow);
        }
        Ok(product)
    })
}
