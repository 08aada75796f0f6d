//! `left(…)`.

use super::split;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "left",
    syntax: "left(text, bigint) → text",
    summary: "Returns the first n characters, or all but the last n where n is negative.",
    examples: &[
        Example { sql: "SELECT left('abcde', 2)", prints: "ab" },
        Example { sql: "SELECT left('abcde', -2)", prints: "abc" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Bigint],
        Parameter::Text,
        left,
    )]),
};

fn left(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let counts = arguments.bigints(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(count)) = (texts.get(row), counts.get(row)) else { return Ok(None) };
        Ok(Some(split::first(text, count).0))
    })
}
