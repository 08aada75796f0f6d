//! `initcap(…)`.

use super::case;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "initcap",
    syntax: "initcap(text) → text",
    summary: "Writes the first letter of each word in upper case and the others in lower case.",
    examples: &[Example { sql: "SELECT initcap('hi THOMAS')", prints: "Hi Thomas" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        initcap,
    )]),
};

fn initcap(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        let mut is_inside = false;
        let capitalised = text.chars().map(|character| {
            let letter = if is_inside {
                case::lower_letter(character)
            } else {
                case::upper_letter(character)
            };
            is_inside = character.is_alphanumeric();
            letter
        });
        Ok(Some(capitalised.collect::<String>()))
    })
}
