//! `text ILIKE pattern`.

use super::{case, like};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "__ilike",
    syntax: "",
    summary: "Tells whether a text matches a pattern of %, _ and characters, in both cases.",
    examples: &[Example { sql: "SELECT 'a%b' ILIKE 'A\\%B'", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        ilike_text,
    )]),
};

fn ilike_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let patterns = arguments.text(1)?;
    rows::booleans(arguments.rows(), |row| {
        let (Some(text), Some(pattern)) = (texts.get(row), patterns.get(row)) else {
            return Ok(None);
        };
        like::is_like(&case::lower(text), &case::lower(pattern)).map(Some)
    })
}
