//! Bytes as text: hexadecimal, base64, escapes, UTF-8.

use crate::functions::argument::external;
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::{ArrayRef, BinaryBuilder};
use datafusion::common::Result;
use std::fmt::Write;
use std::sync::Arc;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// After how many characters base64 begins a new line.
const LINE: usize = 76;

/// Makes a bytea for each row.
pub(super) fn each(
    rows: usize,
    mut bytes: impl FnMut(usize) -> Result<Option<Vec<u8>>>,
) -> Result<ArrayRef> {
    let mut builder = BinaryBuilder::new();
    for row in 0..rows {
        builder.append_option(bytes(row)?);
    }
    Ok(Arc::new(builder.finish()))
}

/// Writes bytes in hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes bytes in a form.
///
/// # Errors
/// 22023 for an unknown form.
pub(super) fn encode(bytes: &[u8], form: &str) -> Result<String> {
    match form.to_ascii_lowercase().as_str() {
        "hex" => Ok(hexadecimal(bytes)),
        "base64" => Ok(base64(bytes)),
        "escape" => Ok(bytes.iter().fold(String::new(), |mut text, &byte| {
            match byte {
                b'\\' => text.push_str("\\\\"),
                0 | 0x80.. => {
                    let _ = write!(text, "\\{byte:03o}");
                }
                _ => text.push(char::from(byte)),
            }
            text
        })),
        _ => Err(rows::invalid(format!("unrecognized encoding: \"{form}\""))),
    }
}

/// Reads bytes in a form.
///
/// # Errors
/// 22023 for an unknown form, and for what is not written in it; 22P02 for a bad escape.
pub(super) fn decode(text: &str, form: &str) -> Result<Vec<u8>> {
    match form.to_ascii_lowercase().as_str() {
        "hex" => from_hexadecimal(text),
        "base64" => from_base64(text),
        "escape" => from_escapes(text),
        _ => Err(rows::invalid(format!("unrecognized encoding: \"{form}\""))),
    }
}

/// Reads a literal of bytea: hexadecimal digits after `\x`, or characters and escapes.
///
/// # Errors
/// 22023 and 22P02 for what is none.
pub(in crate::functions) fn read_bytea(text: &str) -> Result<Vec<u8>> {
    match text.strip_prefix("\\x") {
        Some(digits) => from_hexadecimal(digits),
        None => from_escapes(text),
    }
}

/// Checks that an encoding is UTF-8.
///
/// # Errors
/// 0A000 for another.
pub(super) fn check_name(name: &str) -> Result<()> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    if plain.eq_ignore_ascii_case("utf8") || plain.eq_ignore_ascii_case("unicode") {
        return Ok(());
    }
    let message = format!("the encoding \"{name}\" is not supported");
    Err(external(Error::new(SqlState::FeatureNotSupported, message).with_hint("There is UTF8.")))
}

/// Reads bytes as UTF-8.
///
/// # Errors
/// 22021 for what is none.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str> {
    let fault = |byte: u8| {
        let message = format!("invalid byte sequence for encoding \"UTF8\": 0x{byte:02x}");
        external(Error::new(SqlState::CharacterNotInRepertoire, message))
    };
    if bytes.contains(&0) {
        return Err(fault(0));
    }
    std::str::from_utf8(bytes)
        .map_err(|error| fault(bytes.get(error.valid_up_to()).copied().unwrap_or_default()))
}

fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    let mut column = 0;
    for chunk in bytes.chunks(3) {
        if column == LINE {
            text.push('\n');
            column = 0;
        }
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for digit in 0..4 {
            let index = (group >> (18 - 6 * digit)) & 0x3F;
            let is_there = digit <= chunk.len();
            text.push(if is_there { char::from(BASE64[index as usize]) } else { '=' });
        }
        column += 4;
    }
    text
}

fn from_hexadecimal(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for character in text.chars() {
        if high.is_none() && matches!(character, ' ' | '\n' | '\t' | '\r') {
            continue;
        }
        let Some(digit) = character.to_digit(16).and_then(|digit| u8::try_from(digit).ok()) else {
            return Err(rows::invalid(format!("invalid hexadecimal digit: \"{character}\"")));
        };
        match high.take() {
            Some(high) => bytes.push(high << 4 | digit),
            None => high = Some(digit),
        }
    }
    match high {
        Some(_) => Err(rows::invalid("invalid hexadecimal data: odd number of digits")),
        None => Ok(bytes),
    }
}

fn from_base64(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut group, mut digits, mut fill) = (0_u32, 0, 0);
    for character in text.chars() {
        if matches!(character, ' ' | '\n' | '\t' | '\r') {
            continue;
        }
        let value = BASE64.iter().position(|digit| char::from(*digit) == character);
        let value = match value.and_then(|value| u32::try_from(value).ok()) {
            Some(value) if fill == 0 => value,
            None if character == '=' => {
                if digits < 2 {
                    return Err(rows::invalid("unexpected \"=\" while decoding base64 sequence"));
                }
                fill += 1;
                0
            }
            _ => {
                let message =
                    format!("invalid symbol \"{character}\" found while decoding base64 sequence");
                return Err(rows::invalid(message));
            }
        };
        group = group << 6 | value;
        digits += 1;
        if digits == 4 {
            let whole = group.to_be_bytes();
            bytes.extend_from_slice(&whole[1..4 - fill.min(2)]);
            (group, digits) = (0, 0);
        }
    }
    if digits == 0 {
        return Ok(bytes);
    }
    Err(external(
        Error::new(SqlState::InvalidParameterValue, "invalid base64 end sequence")
            .with_hint("Input data is missing padding, is truncated, or is otherwise corrupted."),
    ))
}

fn from_escapes(text: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first != b'\\' {
            bytes.push(first);
            continue;
        }
        match rest {
            [b'\\', after @ ..] => {
                bytes.push(b'\\');
                rest = after;
            }
            [a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..] => {
                bytes.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                rest = after;
            }
            _ => {
                let message = "invalid input syntax for type bytea";
                return Err(external(Error::new(SqlState::InvalidTextRepresentation, message)));
            }
        }
    }
    Ok(bytes)
}
