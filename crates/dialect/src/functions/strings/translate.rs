//! `translate(…)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "translate",
    syntax: "translate(text, text, text) → text",
    summary: "Replaces each character of a second text by the one at its place in a third; those without one are removed.",
    examples: &[Example { sql: "SELECT translate('12345', '143', 'ax')", prints: "a2x5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text, Parameter::Text],
        Parameter::Text,
        translate,
    )]),
};

fn translate(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    let froms = arguments.text(1)?;
    let targets = arguments.text(2)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(text), Some(from), Some(to)) = (texts.get(row), froms.get(row), targets.get(row))
        else {
            return Ok(None);
        };
        let translated = text.chars().filter_map(|character| {
            match from.chars().position(|other| other == character) {
                Some(index) => to.chars().nth(index),
                None => Some(character),
            }
        });
        Ok(Some(translated.collect::<String>()))
    })
}
