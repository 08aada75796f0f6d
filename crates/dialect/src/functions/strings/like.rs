//! Patterns of LIKE: `%` is any text, `_` any character, and a backslash takes the meaning from what follows.

use crate::functions::argument::external;
use census_error::{Error, SqlState};
use datafusion::common::Result;

/// Tells whether a text matches a pattern.
///
/// # Errors
/// 22025 where the pattern's last character is reached and is a backslash.
pub(in crate::functions) fn is_like(text: &str, pattern: &str) -> Result<bool> {
    let (texts, patterns) = (text.as_bytes(), pattern.as_bytes());
    let (mut at, mut expected) = (0, 0);
    // What follows the last `%`, and where it was last tried.
    let mut retry: Option<(usize, usize)> = None;
    while at < texts.len() {
        match patterns.get(expected) {
            Some(b'\\') => {
                let Some(escaped) = patterns.get(expected + 1) else {
                    return Err(ends_in_escape());
                };
                if *escaped == texts[at] {
                    at += 1;
                    expected += 2;
                    continue;
                }
            }
            Some(b'%') => {
                expected += 1;
                if patterns.get(expected..) == Some(b"\\") {
                    return Err(ends_in_escape());
                }
                retry = Some((expected, at));
                continue;
            }
            Some(b'_') => {
                at += character_length(texts[at]);
                expected += 1;
                continue;
            }
            Some(byte) if *byte == texts[at] => {
                at += 1;
                expected += 1;
                continue;
            }
            _ => {}
        }
        let Some((after, tried)) = retry else { return Ok(false) };
        at = tried + character_length(texts[tried]);
        expected = after;
        retry = Some((after, at));
    }
    Ok(patterns.get(expected..).unwrap_or_default().iter().all(|byte| *byte == b'%'))
}

/// Writes a pattern with the backslash for its escape.
///
/// # Errors
/// 22025 for an escape of several characters.
pub(super) fn with_backslashes(pattern: &str, escape: &str) -> Result<String> {
    let mut escapes = escape.chars();
    let escape = escapes.next();
    if escapes.next().is_some() {
        let error = Error::new(SqlState::InvalidEscapeSequence, "invalid escape string")
            .with_hint("Escape string must be empty or one character.");
        return Err(external(error));
    }
    if escape == Some('\\') {
        return Ok(pattern.to_owned());
    }
    let mut written = String::with_capacity(pattern.len() + 4);
    let mut is_escaped = false;
    for character in pattern.chars() {
        if Some(character) == escape && !is_escaped {
            written.push('\\');
            is_escaped = true;
            continue;
        }
        if character == '\\' && !is_escaped {
            written.push('\\');
        }
        written.push(character);
        is_escaped = false;
    }
    Ok(written)
}

/// Returns how many bytes the character has that begins with a byte.
fn character_length(first: u8) -> usize {
    match first {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
    }
}

fn ends_in_escape() -> datafusion::error::DataFusionError {
    let message = "LIKE pattern must not end with escape character";
    external(Error::new(SqlState::InvalidEscapeSequence, message))
}
