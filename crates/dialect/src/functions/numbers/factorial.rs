//! `factorial(…)`.

use super::doubles::{NumberFault, doubles};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "factorial",
    syntax: "factorial(bigint) → numeric",
    summary: "Multiplies the numbers from 1 on; 22003 of a negative number, and where the product is too large.",
    examples: &[Example { sql: "SELECT factorial(5)", prints: "120" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::DoublePrecision,
        factorial,
    )]),
};

fn factorial(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    /// The factorial of the next number is no double.
    const LAST: i64 = 170;
    let numbers = arguments.bigints(0)?;
    doubles(arguments.rows(), |row| match numbers.value(row) {
        None => Ok(None),
        Some(number) if number < 0 => Err(NumberFault::FactorialOfNegative),
        Some(number) if number > LAST => Err(NumberFault::Overflow),
        // The largest factor is a whole number that a double holds.
        #[allow(clippy::cast_precision_loss)]
        Some(number) => Ok(Some((2..=number).map(|factor| factor as f64).product())),
    })
}
