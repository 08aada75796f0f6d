//! `ltrim(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "ltrim",
    syntax: "ltrim(text) → text\nltrim(text, text) → text\ntrim(leading text from text) → text",
    summary: "Removes blanks, or the characters of a second text, from its start.",
    examples: &[
        Example { sql: "SELECT ltrim('xxaxx', 'x')", prints: "axx" },
        Example { sql: "SELECT trim(leading 'yx' from 'xxaxx')", prints: "axx" },
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
        Ok(Some(text.trim_start_matches(' ')))
    })
}

fn characters(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let sets = arguments.text(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(set)) = (texts.get(row), sets.get(row)) else { return Ok(None) };
        Ok(Some(text.trim_start_matches(|character| set.contains(character))))
    })
}
