//! `repeat(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "repeat",
    syntax: "repeat(text, bigint) → text",
    summary: "Repeats a text n times.",
    examples: &[Example { sql: "SELECT repeat('ab', 3)", prints: "ababab" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Bigint],
        Parameter::Text,
        repeat,
    )]),
};

fn repeat(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let numbers = arguments.bigints(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(number)) = (texts.get(row), numbers.get(row)) else {
            return Ok(None);
        };
        let times = if text.is_empty() { 0 } else { usize::try_from(number).unwrap_or(0) };
        match text.len().checked_mul(times) {
            Some(length) if length <= rows::MAXIMUM_LENGTH => Ok(Some(text.repeat(times))),
            _ => Err(rows::too_long()),
        }
    })
}
