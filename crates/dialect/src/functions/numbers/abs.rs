//! `abs(…)`.

use super::bigints::out_of_range;
use super::doubles::of_one;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "abs",
    syntax: "abs(bigint) → bigint\nabs(double precision) → double precision",
    summary: "Returns a number without its sign; 22003 of the least bigint.",
    examples: &[Example { sql: "SELECT abs(-17.4)", prints: "17.4" }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::DoublePrecision], Parameter::DoublePrecision, of_double),
        Overload::strict(&[Parameter::Bigint], Parameter::Bigint, of_bigint),
    ]),
};

fn of_double(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    of_one(arguments, |number| Ok(number.abs()))
}

fn of_bigint(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(number) = numbers.value(row) else { return Ok(None) };
        number.checked_abs().map(Some).ok_or_else(out_of_range)
    })
}
