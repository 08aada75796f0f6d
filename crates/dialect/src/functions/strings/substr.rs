//! `substr(…)`.

use super::split;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "substr",
    syntax: "substr(text, bigint) → text\nsubstr(text, bigint, bigint) → text",
    summary: "Returns the part of a text from a character on, of a length.",
    examples: &[Example { sql: "SELECT substr('alphabet', 3, 2)", prints: "ph" }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Bigint], Parameter::Text, to_end),
        Overload::strict(
            &[Parameter::Text, Parameter::Bigint, Parameter::Bigint],
            Parameter::Text,
            of_length,
        ),
    ]),
};

fn to_end(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let starts = arguments.bigints(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(start)) = (texts.get(row), starts.get(row)) else { return Ok(None) };
        split::part(text, start, None).map(Some)
    })
}

fn of_length(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let starts = arguments.bigints(1)?;
    let lengths = arguments.bigints(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(start), Some(length)) =
            (texts.get(row), starts.get(row), lengths.get(row))
        else {
            return Ok(None);
        };
        split::part(text, start, Some(length)).map(Some)
    })
}
