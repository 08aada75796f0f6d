//! `text LIKE pattern`.

use super::like;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "__like",
    syntax: "",
    summary: "Tells whether a text matches a pattern of %, _ and characters.",
    examples: &[Example { sql: "SELECT 'a%b' LIKE 'a\\%b'", prints: "t" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        like_text,
    )]),
};

fn like_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let patterns = arguments.text(1)?;
    rows::booleans(arguments.rows(), |row| {
        let (Some(text), Some(pattern)) = (texts.get(row), patterns.get(row)) else {
            return Ok(None);
        };
        like::is_like(text, pattern).map(Some)
    })
}
