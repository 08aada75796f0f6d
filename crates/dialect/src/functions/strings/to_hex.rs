//! `to_hex(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "to_hex",
    syntax: "to_hex(bigint) → text",
    summary: "Writes a number in hexadecimal digits.",
    examples: &[Example { sql: "SELECT to_hex(2147483647)", prints: "7fffffff" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        to_hex,
    )]),
};

fn to_hex(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(number) = numbers.get(row) else { return Ok(None) };
        Ok(Some(format!("{number:x}")))
    })
}
