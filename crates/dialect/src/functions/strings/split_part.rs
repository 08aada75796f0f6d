//! `split_part(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "split_part",
    syntax: "split_part(text, text, bigint) → text",
    summary: "Cuts a text at a separator and returns the nth part, from the end where n is negative.",
    examples: &[
        Example { sql: "SELECT split_part('arn:aws:s3', ':', 3)", prints: "s3" },
        Example { sql: "SELECT split_part('a,b,c', ',', -1)", prints: "c" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text, Parameter::Bigint],
        Parameter::Text,
        split_part,
    )]),
};

fn split_part(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let separators = arguments.text(1)?;
    let places = arguments.bigints(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(separator), Some(place)) =
            (texts.get(row), separators.get(row), places.get(row))
        else {
            return Ok(None);
        };
        if place == 0 {
            return Err(rows::invalid("field position must not be zero"));
        }
        let index = usize::try_from(place.unsigned_abs() - 1).unwrap_or(usize::MAX);
        let part = if separator.is_empty() {
            (index == 0).then_some(text)
        } else if place > 0 {
            text.split(separator).nth(index)
        } else {
            from_end(text, separator, index)
        };
        Ok(Some(part.unwrap_or_default()))
    })
}

/// Separators are found from the start, also where the parts are counted from the end.
fn from_end<'a>(text: &'a str, separator: &str, index: usize) -> Option<&'a str> {
    let parts: Vec<&str> = text.split(separator).collect();
    parts.into_iter().rev().nth(index)
}
