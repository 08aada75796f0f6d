//! `text::double precision`.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, Float64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__float8_in",
    syntax: "",
    summary: "Reads a text as floating-point number.",
    examples: &[
        Example { sql: "SELECT ' 1.5e3 '::float8", prints: "1500" },
        Example { sql: "SELECT '-inf'::float8", prints: "-Infinity" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::DoublePrecision,
        float8_in,
    )]),
};

fn float8_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?.array;
    let values = texts.iter().map(|text| text.map(read).transpose().map_err(external));
    Ok(Arc::new(values.collect::<Result<Float64Array>>()?))
}

/// Reads one text.
pub(in crate::functions) fn read(text: &str) -> Result<f64, Error> {
    let number = text.trim_matches(|character: char| character.is_ascii_whitespace());
    let Ok(value) = number.parse::<f64>() else {
        let message = format!("invalid input syntax for type double precision: \"{text}\"");
        return Err(Error::new(SqlState::InvalidTextRepresentation, message));
    };
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    let has_digits = mantissa.bytes().any(|byte| byte.is_ascii_digit());
    let is_nonzero = mantissa.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if (value.is_infinite() && has_digits) || (value == 0.0 && is_nonzero) {
        let message = format!("\"{number}\" is out of range for type double precision");
        return Err(Error::new(SqlState::NumericValueOutOfRange, message));
    }
    Ok(value)
}
