//! `starts_with(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "starts_with",
    syntax: "starts_with(text, text) → boolean",
    summary: "Tells whether a text begins with another; so does the operator ^@.",
    examples: &[Example { sql: "SELECT starts_with('alphabet', 'alph')", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        starts_with,
    )]),
};

fn starts_with(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let starts = arguments.text(1)?;
    rows::booleans(arguments.rows(), |row| {
        let (Some(text), Some(start)) = (texts.get(row), starts.get(row)) else { return Ok(None) };
        Ok(Some(text.starts_with(start)))
    })
}
