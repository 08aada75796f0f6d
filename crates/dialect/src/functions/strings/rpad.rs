//! `rpad(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "rpad",
    syntax: "rpad(text, bigint) → text\nrpad(text, bigint, text) → text",
    summary: "Fills a text to a length with blanks or another text, at its end; a longer one is cut.",
    examples: &[Example { sql: "SELECT rpad('hi', 5, 'xy')", prints: "hixyx" }],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Bigint], Parameter::Text, with_blanks),
        Overload::strict(
            &[Parameter::Text, Parameter::Bigint, Parameter::Text],
            Parameter::Text,
            with_fill,
        ),
    ]),
};

fn with_blanks(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let lengths = arguments.bigints(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(length)) = (texts.get(row), lengths.get(row)) else {
            return Ok(None);
        };
        padded(text, length, " ")
    })
}

fn with_fill(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let lengths = arguments.bigints(1)?;
    let fills = arguments.text(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(length), Some(fill)) =
            (texts.get(row), lengths.get(row), fills.get(row))
        else {
            return Ok(None);
        };
        padded(text, length, fill)
    })
}

fn padded(text: &str, length: i64, fill: &str) -> Result<Option<String>> {
    let length = usize::try_from(length).unwrap_or(0);
    if length > rows::MAXIMUM_LENGTH / 4 {
        return Err(rows::too_long());
    }
    let count = text.chars().count();
    if count >= length {
        return Ok(Some(text.chars().take(length).collect()));
    }
    let filled: String = fill.chars().cycle().take(length - count).collect();
    Ok(Some(format!("{text}{filled}")))
}
