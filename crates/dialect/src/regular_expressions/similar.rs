//! Patterns of SIMILAR TO and of `substring(… SIMILAR …)` as regular expressions.
//!
//! Source: PostgreSQL 15, section 9.7.2.

use super::class::push_literal;
use super::fault;
use census_error::{Error, SqlState};

/// What `%` and `_` stand for a character of.
const ANY: &str = r"[\x{0}-\x{10FFFF}]";

/// Returns a pattern of SIMILAR TO as a regular expression that matches a whole text.
///
/// # Errors
/// 22025 for an escape that is more than one character, 2201B for what is no pattern.
pub(crate) fn similar_to_icu(pattern: &str, escape: &str) -> Result<String, Error> {
    let parts = parts(pattern, escape)?;
    match parts.as_slice() {
        [whole] => Ok(format!(r"\A(?:{whole})\z")),
        _ => Err(separators()),
    }
}

/// Returns the regular expression for `substring`: of its one group, or of the whole where it has none.
///
/// # Errors
/// As [`similar_to_icu`]; 2200C for other than two separators.
pub(crate) fn similar_to_parts(pattern: &str, escape: &str) -> Result<String, Error> {
    let parts = parts(pattern, escape)?;
    match parts.as_slice() {
        [whole] => Ok(format!(r"\A((?:{whole}))\z")),
        [before, middle, after] => {
            // The parts around take as little as they can, the part between as much as it can.
            let before = shortest(before);
            Ok(format!(r"\A(?:{before})((?:{middle}))(?:{after})\z"))
        }
        _ => Err(separators()),
    }
}

/// Makes the repetitions of a part lazy.
fn shortest(part: &str) -> String {
    let mut lazy = String::with_capacity(part.len() + 8);
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for character in part.chars() {
        lazy.push(character);
        let is_plain = !is_escaped && depth == 0;
        is_escaped = character == '\\' && !is_escaped;
        match character {
            '[' if !is_escaped => depth += 1,
            ']' if !is_escaped => depth = depth.saturating_sub(1),
            '?' if lazy.ends_with("(?") => {}
            '*' | '+' | '?' if is_plain => lazy.push('?'),
            // A brace ends a repetition unless it ends `\x{…}`.
            '}' if is_plain && !ends_code(&lazy) => lazy.push('?'),
            _ => {}
        }
    }
    lazy
}

fn ends_code(text: &str) -> bool {
    text.rfind('{').is_some_and(|brace| text[..brace].ends_with("\\x"))
}

/// Cuts a pattern at its separators and translates each part.
fn parts(pattern: &str, escape: &str) -> Result<Vec<String>, Error> {
    let mut escapes = escape.chars();
    let escape = escapes.next();
    if escapes.next().is_some() {
        return Err(Error::new(SqlState::InvalidEscapeSequence, "invalid escape string")
            .with_hint("Escape string must be empty or one character."));
    }
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut is_repeated = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let was_repeated = std::mem::take(&mut is_repeated);
        if Some(character) == escape {
            match characters.next() {
                Some('"') => parts.push(std::mem::take(&mut part)),
                Some(following) => part.push_str(&escaped_part(following)?),
                None => return Err(fault("a pattern ends with its escape")),
            }
            continue;
        }
        match character {
            '%' => {
                part.push_str(ANY);
                part.push('*');
                is_repeated = true;
            }
            '_' => part.push_str(ANY),
            '(' => part.push_str("(?:"),
            '[' => bracket(&mut characters, escape, &mut part)?,
            '*' | '+' | '?' | '{' if was_repeated => {
                return Err(fault("quantifier operand invalid"));
            }
            '*' | '+' | '?' => {
                part.push(character);
                is_repeated = true;
            }
            '{' => {
                part.push('{');
                for inner in characters.by_ref() {
                    part.push(inner);
                    if inner == '}' {
                        break;
                    }
                }
                is_repeated = true;
            }
            ')' | '|' => part.push(character),
            _ => push_literal(character, &mut part),
        }
    }
    parts.push(part);
    Ok(parts)
}

/// Returns what an escaped character stands for: PostgreSQL reads letters as its own regular expressions do.
fn escaped_part(escaped: char) -> Result<String, Error> {
    Ok(match escaped {
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => format!("\\{escaped}"),
        'm' => r"\b(?=\w)".to_owned(),
        'M' => r"\b(?<=\w)".to_owned(),
        'y' => r"\b".to_owned(),
        'Y' => r"\B".to_owned(),
        _ if escaped.is_ascii_alphanumeric() => {
            return Err(fault(format!("invalid escape \\ sequence: \"\\{escaped}\"")));
        }
        _ => {
            let mut literal = String::new();
            push_literal(escaped, &mut literal);
            literal
        }
    })
}

/// Translates a bracket expression, whose signs mean less than in ICU's sets.
fn bracket(
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    escape: Option<char>,
    part: &mut String,
) -> Result<(), Error> {
    part.push('[');
    if characters.peek() == Some(&'^') {
        characters.next();
        part.push('^');
    }
    let mut is_first = true;
    while let Some(character) = characters.next() {
        match character {
            ']' if !is_first => {
                part.push(']');
                return Ok(());
            }
            '[' if characters.peek() == Some(&':') => {
                part.push('[');
                for inner in characters.by_ref() {
                    part.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
            }
            '[' if matches!(characters.peek(), Some('.' | '=')) => {
                return Err(fault("collating elements are not supported"));
            }
            '-' if !is_first && characters.peek() != Some(&']') => part.push('-'),
            _ if Some(character) == escape => match characters.next() {
                Some(following) => push_literal(following, part),
                None => break,
            },
            _ => push_literal(character, part),
        }
        is_first = false;
    }
    Err(fault("brackets [] not balanced"))
}

fn separators() -> Error {
    Error::new(
        SqlState::InvalidUseOfEscapeCharacter,
        "SQL regular expression may not contain more than two escape-double-quote separators",
    )
}
