//! Sets of characters: `[…]` with their operators, `\p{…}`, POSIX names and escapes.

use super::fault;
use super::translation::Translator;
use census_error::Error;
use std::fmt::Write;

/// How deep sets may nest.
const MAXIMUM_DEPTH: usize = 20;

/// Appends a character so that it stands for itself, inside a set or outside.
pub(super) fn push_literal(character: char, out: &mut String) {
    if character.is_ascii_alphanumeric() || (!character.is_ascii() && character.is_alphanumeric()) {
        out.push(character);
    } else {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "\\x{{{:X}}}", u32::from(character));
    }
}

/// Reads a set whose bracket has been read.
pub(super) fn read(translator: &mut Translator) -> Result<String, Error> {
    SetReader { translator }.set(0)
}

/// Reads an escape that stands for a set, after the backslash; `None` where it stands for none.
pub(super) fn read_escaped_class(translator: &mut Translator) -> Result<Option<String>, Error> {
    let Some(character) = translator.peek() else { return Ok(None) };
    let class = match character {
        'd' | 'D' | 's' | 'S' | 'w' | 'W' => format!("\\{character}"),
        'h' => r"[\p{Zs}\x{9}]".to_owned(),
        'H' => r"[^\p{Zs}\x{9}]".to_owned(),
        'v' => r"[\x{A}-\x{D}\x{85}\x{2028}\x{2029}]".to_owned(),
        'V' => r"[^\x{A}-\x{D}\x{85}\x{2028}\x{2029}]".to_owned(),
        'p' | 'P' => {
            translator.at += 1;
            let Some(name) = braces(translator) else {
                return Err(fault(format!("\"\\{character}\" needs a property in braces")));
            };
            return property(&name, character == 'P').map(Some);
        }
        _ => return Ok(None),
    };
    translator.at += 1;
    Ok(Some(class))
}

/// Reads an escape that stands for one character, after the backslash.
pub(super) fn read_escaped_character(translator: &mut Translator) -> Result<char, Error> {
    let Some(character) = translator.peek() else {
        return Err(fault("invalid escape \\ sequence"));
    };
    translator.at += 1;
    let code = match character {
        'a' => 0x07,
        'e' => 0x1B,
        'f' => 0x0C,
        'n' => 0x0A,
        'r' => 0x0D,
        't' => 0x09,
        'c' => {
            let control = translator.peek().filter(char::is_ascii_graphic);
            translator.at += 1;
            let Some(control) = control else { return Err(bad_escape('c')) };
            u32::from(control) & 0x1F
        }
        'u' => digits(translator, 16, 4, 4).ok_or_else(|| bad_escape('u'))?,
        'U' => digits(translator, 16, 8, 8).ok_or_else(|| bad_escape('U'))?,
        'x' if translator.peek() == Some('{') => {
            let text = braces(translator).ok_or_else(|| bad_escape('x'))?;
            let is_short = text.len() <= 6 && !text.starts_with('+');
            u32::from_str_radix(&text, 16)
                .ok()
                .filter(|_| is_short)
                .ok_or_else(|| bad_escape('x'))?
        }
        'x' => digits(translator, 16, 1, 2).ok_or_else(|| bad_escape('x'))?,
        '0' => digits(translator, 8, 1, 3)
            .filter(|code| *code <= 0o377)
            .ok_or_else(|| bad_escape('0'))?,
        'N' | 'X' | 'G' => return Err(fault(format!("\"\\{character}\" is not supported"))),
        _ if character.is_ascii_alphanumeric() => return Err(bad_escape(character)),
        _ => u32::from(character),
    };
    // Two escapes may be the halves of one character.
    if (0xD800..0xDC00).contains(&code)
        && translator.take_all("\\u")
        && let Some(low) = digits(translator, 16, 4, 4).filter(|low| (0xDC00..0xE000).contains(low))
    {
        let whole = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        return char::from_u32(whole).ok_or_else(|| bad_escape('u'));
    }
    char::from_u32(code).ok_or_else(|| bad_escape(character))
}

fn bad_escape(character: char) -> Error {
    fault(format!("invalid escape \\ sequence: \"\\{character}\""))
}

/// Reads a number of some digits.
fn digits(translator: &mut Translator, radix: u32, least: usize, most: usize) -> Option<u32> {
    let mut value = 0_u32;
    let mut count = 0;
    while count < most
        && let Some(digit) = translator.peek().and_then(|character| character.to_digit(radix))
    {
        value = value.checked_mul(radix)?.checked_add(digit)?;
        translator.at += 1;
        count += 1;
    }
    (count >= least).then_some(value)
}

/// Reads what stands in braces.
fn braces(translator: &mut Translator) -> Option<String> {
    if !translator.take('{') {
        return None;
    }
    let mut text = String::new();
    while let Some(character) = translator.peek() {
        translator.at += 1;
        if character == '}' {
            return Some(text);
        }
        text.push(character);
    }
    None
}

/// Returns the set of a property, a category, a script or one of POSIX's names.
fn property(name: &str, is_negated: bool) -> Result<String, Error> {
    let (name, is_negated) = match name.strip_prefix('^') {
        Some(name) => (name, !is_negated),
        None => (name, is_negated),
    };
    let known = match name.to_ascii_lowercase().as_str() {
        "alpha" => r"\p{Alphabetic}",
        "alnum" => r"\p{Alphabetic}\p{Nd}",
        "blank" => r"\p{Zs}\x{9}",
        "cntrl" => r"\p{Cc}",
        "digit" => r"\p{Nd}",
        "graph" => r"[^\p{White_Space}\p{Cc}\p{Cn}]",
        "lower" => r"\p{Lowercase}",
        "print" => r"[^\p{White_Space}\p{Cc}\p{Cn}]\p{Zs}",
        "punct" => r"\p{P}",
        "space" => r"\p{White_Space}",
        "upper" => r"\p{Uppercase}",
        "word" => r"\w",
        "xdigit" => r"\p{Nd}\p{Hex_Digit}",
        _ => "",
    };
    let sign = if is_negated { "^" } else { "" };
    if !known.is_empty() {
        return Ok(format!("[{sign}{known}]"));
    }
    let is_name = |character: char| {
        character.is_ascii_alphanumeric() || matches!(character, '_' | ' ' | '-' | '=')
    };
    if name.is_empty() || !name.chars().all(is_name) {
        return Err(fault(format!("there is no property \"{name}\"")));
    }
    Ok(format!("[{sign}\\p{{{name}}}]"))
}

/// How two parts of a set go together.
#[derive(Clone, Copy)]
enum Operator {
    Union,
    Difference,
    Intersection,
}

/// What a part of a set is.
enum Item {
    Character(char),
    Class(String),
}

struct SetReader<'a> {
    translator: &'a mut Translator,
}

impl SetReader<'_> {
    /// Reads up to the bracket that closes. `&&` and `--` bind less than what stands side by side.
    fn set(&mut self, depth: usize) -> Result<String, Error> {
        if depth > MAXIMUM_DEPTH {
            return Err(fault("sets are nested too deeply"));
        }
        let is_negated = self.translator.take('^');
        if !is_negated
            && self.translator.peek() == Some(':')
            && let Some(class) = self.posix()?
        {
            return Ok(class);
        }
        // The whole so far, and what stands side by side since the last operator.
        let mut whole: Option<(String, Operator)> = None;
        let mut side: Option<String> = None;
        let mut is_first = true;
        loop {
            self.skip_blanks();
            let Some(character) = self.translator.peek() else {
                return Err(fault("brackets [] not balanced"));
            };
            let is_quoting = self.translator.is_quoting;
            if character == ']' && !is_first && !is_quoting {
                self.translator.at += 1;
                let Some(side) = side else {
                    return Err(fault("an operator in a set has nothing after it"));
                };
                let inner = joined(whole, &side);
                return Ok(if is_negated { format!("[^{inner}]") } else { format!("[{inner}]") });
            }
            let operator =
                if is_quoting || is_first { None } else { self.operator(side.is_some())? };
            if let Some(operator) = operator {
                let left = joined(whole.take(), &side.take().unwrap_or_default());
                whole = Some((left, operator));
                continue;
            }
            // A single sign between two sets binds as what stands side by side.
            let (sign, item) = self.item(depth, side.is_some())?;
            is_first = false;
            let Some(item) = item else { continue };
            let class = self.class_of(item)?;
            side = Some(match side {
                Some(left) => joined(Some((left, sign)), &class),
                None => class,
            });
        }
    }

    /// Reads `[:name:]` after the first bracket; `None` where it is none.
    fn posix(&mut self) -> Result<Option<String>, Error> {
        let rest = &self.translator.characters[self.translator.at + 1..];
        let Some(length) = rest.windows(2).position(|pair| pair == [':', ']']) else {
            return Ok(None);
        };
        let name: String = rest[..length].iter().collect();
        let (bare, is_negated) = match name.strip_prefix('^') {
            Some(bare) => (bare, true),
            None => (name.as_str(), false),
        };
        if bare.contains(['[', ']', '\\']) {
            return Ok(None);
        }
        self.translator.at += length + 3;
        property(bare, is_negated).map(Some)
    }

    fn skip_blanks(&mut self) {
        while self.translator.flags.has_comments
            && !self.translator.is_quoting
            && self.translator.peek().is_some_and(char::is_whitespace)
        {
            self.translator.at += 1;
        }
    }

    /// Reads `&&` or `--`.
    fn operator(&mut self, has_left: bool) -> Result<Option<Operator>, Error> {
        let operator = if self.translator.take_all("&&") {
            Operator::Intersection
        } else if self.translator.take_all("--") {
            Operator::Difference
        } else {
            return Ok(None);
        };
        if has_left {
            Ok(Some(operator))
        } else {
            Err(fault("an operator in a set has nothing before it"))
        }
    }

    /// Reads one part, with the sign before it where that stands between two sets.
    fn item(&mut self, depth: usize, has_left: bool) -> Result<(Operator, Option<Item>), Error> {
        let Some(character) = self.translator.peek() else {
            return Err(fault("brackets [] not balanced"));
        };
        if self.translator.is_quoting {
            self.translator.at += 1;
            if character == '\\' && self.translator.take('E') {
                self.translator.is_quoting = false;
                return Ok((Operator::Union, None));
            }
            return Ok((Operator::Union, Some(Item::Character(character))));
        }
        let sign = match character {
            '-' => Operator::Difference,
            '&' => Operator::Intersection,
            _ => Operator::Union,
        };
        let is_between_sets = has_left
            && !matches!(sign, Operator::Union)
            && self.translator.peek_at(1) == Some('[')
            && self.translator.at > 0
            && self.translator.characters[self.translator.at - 1] == ']';
        if is_between_sets {
            self.translator.at += 2;
            return Ok((sign, Some(Item::Class(self.set(depth + 1)?))));
        }
        self.translator.at += 1;
        let item = match character {
            '[' => Item::Class(self.set(depth + 1)?),
            '\\' if self.translator.take('Q') => {
                self.translator.is_quoting = true;
                return Ok((Operator::Union, None));
            }
            '\\' => match read_escaped_class(self.translator)? {
                Some(class) => Item::Class(class),
                None => Item::Character(read_escaped_character(self.translator)?),
            },
            _ => Item::Character(character),
        };
        Ok((Operator::Union, Some(item)))
    }

    /// Returns the set of a part; a character may begin a range.
    fn class_of(&mut self, item: Item) -> Result<String, Error> {
        let first = match item {
            Item::Class(class) => return Ok(class),
            Item::Character(first) => first,
        };
        let mut class = String::new();
        push_literal(first, &mut class);
        let next = self.translator.peek_at(1);
        let is_range = !self.translator.is_quoting
            && self.translator.peek() == Some('-')
            && !matches!(next, None | Some(']' | '-' | '['));
        if is_range {
            self.translator.at += 1;
            let last = match next {
                Some('\\') => {
                    self.translator.at += 1;
                    if read_escaped_class(self.translator)?.is_some() {
                        return Err(fault("invalid character range"));
                    }
                    read_escaped_character(self.translator)?
                }
                Some(last) => {
                    self.translator.at += 1;
                    last
                }
                None => first,
            };
            if last < first {
                return Err(fault("invalid character range"));
            }
            class.push('-');
            push_literal(last, &mut class);
        }
        Ok(class)
    }
}

/// Puts two parts together; each, as the result, is what may stand between brackets.
fn joined(left: Option<(String, Operator)>, right: &str) -> String {
    match left {
        None => right.to_owned(),
        Some((left, Operator::Union)) => left + right,
        Some((left, Operator::Difference)) => format!("[[{left}]--[{right}]]"),
        Some((left, Operator::Intersection)) => format!("[[{left}]&&[{right}]]"),
    }
}
