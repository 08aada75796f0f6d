//! `like_escape(…)`.

use super::like;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "like_escape",
    syntax: "like_escape(text, text) → text",
    summary: "Writes a pattern of LIKE whose escape is another character with the backslash.",
    examples: &[
        Example { sql: "SELECT like_escape('a#%b', '#')", prints: "a\\%b" },
        Example { sql: "SELECT 'a%b' LIKE 'a#%b' ESCAPE '#'", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Text,
        like_escape,
    )]),
};

fn like_escape(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let patterns = arguments.text(0)?;
    let escapes = arguments.text(1)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(pattern), Some(escape)) = (patterns.get(row), escapes.get(row)) else {
            return Ok(None);
        };
        like::with_backslashes(pattern, escape).map(Some)
    })
}
