//! `length(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "length",
    syntax: "length(text) → bigint\nlength(bytea) → bigint",
    summary: "Counts the characters of a text, or the bytes of a bytea.",
    examples: &[Example { sql: "SELECT length('日本')", prints: "2" }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Bigint, characters),
        Overload::strict(&[Parameter::Bytea], Parameter::Bigint, bytes),
    ]),
};

fn characters(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(rows::count(text.chars().count())))
    })
}

fn bytes(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let bytes = arguments.bytes(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(byte) = bytes.get(row) else { return Ok(None) };
        Ok(Some(rows::count(byte.len())))
    })
}
