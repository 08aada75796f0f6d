//! `replace(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "replace",
    syntax: "replace(text, text, text) → text",
    summary: "Replaces every occurrence of a text within another.",
    examples: &[Example { sql: "SELECT replace('a-b-c', '-', '/')", prints: "a/b/c" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text, Parameter::Text],
        Parameter::Text,
        replace,
    )]),
};

fn replace(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let soughts = arguments.text(1)?;
    let replacements = arguments.text(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(sought), Some(replacement)) =
            (texts.get(row), soughts.get(row), replacements.get(row))
        else {
            return Ok(None);
        };
        if sought.is_empty() {
            return Ok(Some(text.to_owned()));
        }
        if replacement.len() > sought.len() {
            let growth =
                (text.len() / sought.len()).saturating_mul(replacement.len() - sought.len());
            if growth > rows::MAXIMUM_LENGTH
                && text.matches(sought).count() * (replacement.len() - sought.len())
                    > rows::MAXIMUM_LENGTH
            {
                return Err(rows::too_long());
            }
        }
        Ok(Some(text.replace(sought, replacement)))
    })
}
