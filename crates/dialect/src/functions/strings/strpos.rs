//! `strpos(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "strpos",
    syntax: "strpos(text, text) → bigint",
    summary: "Returns where a text begins within another, 0 if it does not.",
    examples: &[Example { sql: "SELECT strpos('high', 'ig')", prints: "2" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Bigint,
        strpos,
    )]),
};

fn strpos(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let soughts = arguments.text(1)?;
    rows::bigints(arguments.rows(), |row| {
        let (Some(text), Some(sought)) = (texts.get(row), soughts.get(row)) else {
            return Ok(None);
        };
        Ok(Some(text.find(sought).map_or(0, |byte| rows::count(text[..byte].chars().count()) + 1)))
    })
}
