//! `overlay(…)`.

use super::split;
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "overlay",
    syntax: "overlay(text placing text from bigint for bigint) → text\noverlay(text, text, bigint) → text\noverlay(text, text, bigint, bigint) → text",
    summary: "Replaces the part of a text from a character on, of a length.",
    examples: &[Example {
        sql: "SELECT overlay('Txxxxas' placing 'hom' from 2 for 4)",
        prints: "Thomas",
    }],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint],
            Parameter::Text,
            overlay,
        ),
        Overload::strict(
            &[Parameter::Text, Parameter::Text, Parameter::Bigint, Parameter::Bigint],
            Parameter::Text,
            overlay_length,
        ),
    ]),
};

fn overlay(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let placeds = arguments.text(1)?;
    let starts = arguments.bigints(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(placed), Some(start)) =
            (texts.get(row), placeds.get(row), starts.get(row))
        else {
            return Ok(None);
        };
        overlaid(text, placed, start, rows::count(placed.chars().count())).map(Some)
    })
}

fn overlay_length(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let placeds = arguments.text(1)?;
    let starts = arguments.bigints(2)?;
    let lengths = arguments.bigints(3)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(placed), Some(start), Some(length)) =
            (texts.get(row), placeds.get(row), starts.get(row), lengths.get(row))
        else {
            return Ok(None);
        };
        overlaid(text, placed, start, length).map(Some)
    })
}

fn overlaid(text: &str, placed: &str, start: i64, length: i64) -> Result<String> {
    if start <= 0 {
        return Err(split::negative_length());
    }
    let Some(end) = start.checked_add(length) else {
        let message = "bigint out of range";
        return Err(external(Error::new(SqlState::NumericValueOutOfRange, message)));
    };
    let before = split::part(text, 1, Some(start - 1))?;
    let after = split::part(text, end, None)?;
    Ok(format!("{before}{placed}{after}"))
}
