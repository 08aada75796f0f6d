//! `ascii(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "ascii",
    syntax: "ascii(text) → bigint",
    summary: "Returns the code of the first character, 0 of an empty text.",
    examples: &[Example { sql: "SELECT ascii('x')", prints: "120" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Bigint,
        ascii,
    )]),
};

fn ascii(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::bigints(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        Ok(Some(text.chars().next().map_or(0, |first| i64::from(u32::from(first)))))
    })
}
