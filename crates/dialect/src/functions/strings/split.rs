//! Parts of texts, counted in characters.

use crate::functions::argument::external;
use census_error::{Error, SqlState};
use datafusion::common::Result;
use datafusion::error::DataFusionError;

/// Cuts a text after its first n characters, or before its last where n is negative.
pub(super) fn first(text: &str, count: i64) -> (&str, &str) {
    let number = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if count >= 0 {
        let byte = text.char_indices().nth(number).map_or(text.len(), |(byte, _)| byte);
        return text.split_at(byte);
    }
    let byte = text.char_indices().rev().nth(number - 1).map_or(0, |(byte, _)| byte);
    text.split_at(byte)
}

/// Returns the part from a character on, counted from 1, of a length.
///
/// # Errors
/// 22011 for a negative length.
pub(super) fn part(text: &str, start: i64, length: Option<i64>) -> Result<&str> {
    let skipped = usize::try_from(start.saturating_sub(1)).unwrap_or(0);
    let byte = |characters: usize| {
        text.char_indices().nth(characters).map_or(text.len(), |(byte, _)| byte)
    };
    let Some(length) = length else { return Ok(&text[byte(skipped)..]) };
    if length < 0 {
        return Err(negative_length());
    }
    // What stands before the first character counts for the length.
    let end = usize::try_from(start.saturating_add(length).saturating_sub(1)).unwrap_or(0);
    Ok(if end <= skipped { "" } else { &text[byte(skipped)..byte(end)] })
}

/// Returns the error for a negative length (22011).
pub(super) fn negative_length() -> DataFusionError {
    external(Error::new(SqlState::SubstringError, "negative substring length not allowed"))
}
