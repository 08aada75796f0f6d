//! `text::bigint`.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, Int64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__bigint_in",
    syntax: "",
    summary: "Reads a text as bigint.",
    examples: &[
        Example { sql: "SELECT ' +12 '::bigint", prints: "12" },
        Example { sql: "SELECT '-9223372036854775808'::bigint", prints: "-9223372036854775808" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Bigint,
        bigint_in,
    )]),
};

fn bigint_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?.array;
    let values = texts.iter().map(|text| text.map(read).transpose().map_err(external));
    Ok(Arc::new(values.collect::<Result<Int64Array>>()?))
}

/// Reads one text.
pub(in crate::functions) fn read(text: &str) -> Result<i64, Error> {
    let number = text.trim_matches(|character: char| character.is_ascii_whitespace());
    let digits = number.strip_prefix(['+', '-']).unwrap_or(number);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let message = format!("invalid input syntax for type bigint: \"{text}\"");
        return Err(Error::new(SqlState::InvalidTextRepresentation, message));
    }
    number.parse().map_err(|_| {
        let message = format!("value \"{text}\" is out of range for type bigint");
        Error::new(SqlState::NumericValueOutOfRange, message)
    })
}
