//! `scale(…)`.

use super::decimal::Decimal;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "scale",
    syntax: "scale(numeric) → bigint",
    summary: "Returns how many digits a number has after the point; NULL where it is not finite.",
    examples: &[Example { sql: "SELECT scale(8.41)", prints: "2" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::DoublePrecision],
        Parameter::Bigint,
        scale,
    )]),
};

fn scale(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.doubles(0)?;
    rows::bigints(arguments.rows(), |row| {
        Ok(numbers.value(row).and_then(Decimal::of_double).map(|decimal| decimal.scale()))
    })
}
