//! `bit_length(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "bit_length",
    syntax: "bit_length(text) → bigint\nbit_length(bytea) → bigint",
    summary: "Counts the bits of a text in UTF-8, or of a bytea.",
    examples: &[Example { sql: "SELECT bit_length('é')", prints: "16" }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Bigint, of_text),
        Overload::strict(&[Parameter::Bytea], Parameter::Bigint, of_bytes),
    ]),
};

fn of_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(rows::count(text.len() * 8)))
    })
}

fn of_bytes(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(byte) = bytes.get(row) else { return Ok(None) };
        Ok(Some(rows::count(byte.len() * 8)))
    })
}
