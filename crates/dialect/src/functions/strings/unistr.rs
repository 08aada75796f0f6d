//! `unistr(…)`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "unistr",
    syntax: "unistr(text) → text",
    summary: "Reads the escapes \\XXXX, \\+XXXXXX, \\uXXXX and \\UXXXXXXXX in a text.",
    examples: &[Example { sql: "SELECT unistr('d\\0061t\\+000061')", prints: "data" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Text,
        unistr,
    )]),
};

fn unistr(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let texts = arguments.text(0)?;
    rows::texts(arguments.rows(), |row| {
        let Some(text) = texts.get(row) else { return Ok(None) };
        unescaped(text).map(Some).map_err(external)
    })
}

fn unescaped(text: &str) -> std::result::Result<String, Error> {
    let mut unescaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        unescaped.push_str(before);
        if let Some(after) = after.strip_prefix('\\') {
            unescaped.push('\\');
            rest = after;
            continue;
        }
        let (code, after) = code(after)?;
        rest = after;
        if !(0xD800..0xE000).contains(&code) {
            unescaped.push(
                char::from_u32(code).filter(|character| *character != '\0').ok_or_else(no_code)?,
            );
            continue;
        }
        // The first half of a pair; the second must follow.
        let second =
            rest.strip_prefix('\\').filter(|rest| !rest.starts_with('\\')).ok_or_else(no_pair)?;
        let (low, after) = self::code(second)?;
        if code >= 0xDC00 || !(0xDC00..0xE000).contains(&low) {
            return Err(no_pair());
        }
        let whole = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        unescaped.push(char::from_u32(whole).ok_or_else(no_code)?);
        rest = after;
    }
    unescaped.push_str(rest);
    Ok(unescaped)
}

/// Reads what follows a backslash; returns the rest.
fn code(text: &str) -> std::result::Result<(u32, &str), Error> {
    let (digits, length) = match text.chars().next() {
        Some('u') => (&text[1..], 4),
        Some('U') => (&text[1..], 8),
        Some('+') => (&text[1..], 6),
        _ => (text, 4),
    };
    let code = digits
        .get(..length)
        .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match code {
        Some(code) => Ok((code, &digits[length..])),
        None => Err(Error::new(SqlState::SyntaxError, "invalid Unicode escape")
            .with_hint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.")),
    }
}

fn no_code() -> Error {
    Error::new(SqlState::InvalidParameterValue, "invalid Unicode code point")
}

fn no_pair() -> Error {
    Error::new(SqlState::SyntaxError, "invalid Unicode surrogate pair")
}
