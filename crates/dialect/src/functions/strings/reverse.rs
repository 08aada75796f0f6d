//! `reverse(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "reverse",
    syntax: "reverse(text) → text",
    summary: "Turns a text around.",
    examples: &[Example { sql: "SELECT reverse('abc')", prints: "cba" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        reverse,
    )]),
};

fn reverse(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(text.chars().rev().collect::<String>()))
    })
}
