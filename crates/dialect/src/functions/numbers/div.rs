//! `div(…)`.

use super::doubles::{NumberFault, doubles, of_two, unsigned_zero};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "div",
    syntax: "div(numeric, numeric) → numeric",
    summary: "Divides, and leaves out the digits after the point; 22012 where the divisor is zero.",
    examples: &[
        Example { sql: "SELECT div(9, 4)", prints: "2" },
        Example { sql: "SELECT div(-7.5, 2)", prints: "-3" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::DoublePrecision, Parameter::DoublePrecision],
            Parameter::DoublePrecision,
            of_doubles,
        ),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Bigint],
            Parameter::DoublePrecision,
            of_bigints,
        ),
    ]),
};

fn of_doubles(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_two(arguments, |left, right| {
        if right == 0.0 && !left.is_nan() {
            return Err(NumberFault::DivisionByZero);
        }
        Ok(unsigned_zero((left / right).trunc()))
    })
}

fn of_bigints(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (left, right) = (arguments.bigints(0)?, arguments.bigints(1)?);
    doubles(arguments.rows(), |row| {
        let Some((left, right)) = left.value(row).zip(right.value(row)) else { return Ok(None) };
        let quotient = i128::from(left).checked_div(i128::from(right));
        // The quotient is a DECIMAL, which has as many digits as a double.
        #[allow(clippy::cast_precision_loss)]
        quotient.map(|quotient| Some(quotient as f64)).ok_or(NumberFault::DivisionByZero)
    })
}
