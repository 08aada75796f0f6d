//! `rtrim(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "rtrim",
    syntax: "rtrim(text) → text\nrtrim(text, text) → text\ntrim(trailing text from text) → text",
    summary: "Removes blanks, or the characters of a second text, from its end.",
    examples: &[
        Example { sql: "SELECT rtrim('xxaxx', 'x')", prints: "xxa" },
        Example { sql: "SELECT trim(trailing 'yx' from 'xxaxx')", prints: "xxa" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text], Parameter::Text, blanks),
        Overload::strict(&[Parameter::Text, Parameter::Text], Parameter::Text, characters),
    ]),
};

fn blanks(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(text.trim_end_matches(' ')))
    })
}

fn characters(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let sets = arguments.text(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(set)) = (texts.get(row), sets.get(row)) else { return Ok(None) };
        Ok(Some(text.trim_end_matches(|character| set.contains(character))))
    })
}
