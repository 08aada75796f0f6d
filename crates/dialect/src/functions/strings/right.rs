//! `right(…)`.

use super::split;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "right",
    syntax: "right(text, bigint) → text",
    summary: "Returns the last n characters, or all but the first n where n is negative.",
    examples: &[
        Example { sql: "SELECT right('abcde', 2)", prints: "de" },
        Example { sql: "SELECT right('abcde', -2)", prints: "cde" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Bigint],
        Parameter::Text,
        right,
    )]),
};

fn right(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let counts = arguments.bigints(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(count)) = (texts.get(row), counts.get(row)) else { return Ok(None) };
        if count == 0 {
            return Ok(Some(""));
        }
        Ok(Some(split::first(text, count.saturating_neg()).1))
    })
}
