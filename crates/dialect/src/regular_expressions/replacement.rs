//! What matches are replaced by: text with `$1` and `${name}`.

use super::{Groups, RegularExpression};
use census_error::{Error, SqlState};

/// A replacement, read for one pattern.
#[derive(Debug)]
pub(crate) struct Replacement {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(String),
    Group(usize),
}

impl Replacement {
    /// Reads a replacement: `$` and digits, or a name in braces, is a group; a backslash takes its meaning from the
    /// character after it.
    ///
    /// # Errors
    /// 2201B for a group that the pattern does not have, and a `$` or a backslash with nothing after it.
    pub(crate) fn read(text: &str, pattern: &RegularExpression) -> Result<Self, Error> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['$', '\\']) {
            plain.push_str(&rest[..at]);
            let is_group = rest[at..].starts_with('$');
            rest = &rest[at + 1..];
            if !is_group {
                rest = escaped(rest, &mut plain)?;
                continue;
            }
            let (group, after) = group(rest, pattern)?;
            rest = after;
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Group(group));
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self { parts })
    }

    /// Appends what stands for a match; a group that did not match is nothing.
    pub(crate) fn write(&self, text: &str, groups: &Groups, out: &mut String) {
        for part in &self.parts {
            match part {
                Part::Text(plain) => out.push_str(plain),
                Part::Group(group) => {
                    if let Some(Some(range)) = groups.get(*group) {
                        out.push_str(&text[range.clone()]);
                    }
                }
            }
        }
    }
}

/// Reads what follows a backslash; returns the rest.
fn escaped<'a>(rest: &'a str, plain: &mut String) -> Result<&'a str, Error> {
    let mut characters = rest.chars();
    let Some(first) = characters.next() else {
        return Err(fault("a backslash has nothing after it"));
    };
    let length = match first {
        'u' => 4,
        'U' => 8,
        _ => {
            plain.push(first);
            return Ok(characters.as_str());
        }
    };
    let code =
        rest.get(1..=length).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let character = code
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .and_then(char::from_u32)
        .ok_or_else(|| fault(&format!("\"\\{first}\" needs {length} hexadecimal digits")))?;
    plain.push(character);
    Ok(&rest[length + 1..])
}

/// Reads what follows a dollar; returns the rest.
fn group<'a>(rest: &'a str, pattern: &RegularExpression) -> Result<(usize, &'a str), Error> {
    if let Some(named) = rest.strip_prefix('{') {
        let Some((name, after)) = named.split_once('}') else {
            return Err(fault("\"${\" needs the name of a group and a brace"));
        };
        let group = pattern
            .group_named(name)
            .ok_or_else(|| fault(&format!("there is no group \"{name}\"")))?;
        return Ok((group, after));
    }
    let mut group = None;
    let mut after = rest;
    // Digits belong to the number as long as there is such a group.
    while let Some(digit) = after.chars().next().and_then(|character| character.to_digit(10)) {
        let longer = group.unwrap_or(0) * 10 + digit as usize;
        if group.is_some() && longer > pattern.groups() {
            break;
        }
        group = Some(longer);
        after = &after[1..];
    }
    match group {
        Some(group) if group <= pattern.groups() => Ok((group, after)),
        Some(group) => Err(fault(&format!("there is no group {group}"))),
        None => Err(fault("\"$\" needs the number of a group, or its name in braces")),
    }
}

fn fault(what: &str) -> Error {
    let message = format!("invalid replacement: {what}");
    Error::new(SqlState::InvalidRegularExpression, message)
        .with_hint("A backslash before \"$\" or \"\\\" makes it stand for itself.")
}
