//! `text::boolean`.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, BooleanArray};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__boolean_in",
    syntax: "",
    summary: "Reads a text as boolean.",
    examples: &[
        Example { sql: "SELECT ' YES '::boolean", prints: "t" },
        Example { sql: "SELECT 'of'::boolean", prints: "f" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Boolean,
        boolean_in,
    )]),
};

fn boolean_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?.array;
    let values = texts.iter().map(|text| text.map(read).transpose().map_err(external));
    Ok(Arc::new(values.collect::<Result<BooleanArray>>()?))
}

/// Takes the words of PostgreSQL's `parse_bool` and their beginnings, as far as they are not both on and off.
/// Reads one text.
pub(in crate::functions) fn read(text: &str) -> Result<bool, Error> {
    let word =
        text.trim_matches(|character: char| character.is_ascii_whitespace()).to_ascii_lowercase();
    let begins = |whole: &str, shortest: usize| word.len() >= shortest && whole.starts_with(&word);
    if begins("true", 1) || begins("yes", 1) || begins("on", 2) || word == "1" {
        return Ok(true);
    }
    if begins("false", 1) || begins("no", 1) || begins("off", 2) || word == "0" {
        return Ok(false);
    }
    let message = format!("invalid input syntax for type boolean: \"{text}\"");
    Err(Error::new(SqlState::InvalidTextRepresentation, message))
}
