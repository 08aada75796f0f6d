//! A JSON value within its text: what it is, what it holds, how it reads as text. Nothing is copied but escapes.

use std::borrow::Cow;

use super::syntax::{Kind, Lexer};
use crate::error::JsonFault;

/// What a JSON value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonKind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`
    Null,
}

impl JsonKind {
    /// Returns the name that `json_typeof` gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::Array => "array",
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Null => "null",
        }
    }

    /// Tells whether it holds no other values.
    #[must_use]
    pub fn is_scalar(self) -> bool {
        !matches!(self, Self::Object | Self::Array)
    }
}

/// A value that stands in a JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonValue<'a> {
    /// The text without space around it; never empty.
    text: &'a str,
}

impl<'a> JsonValue<'a> {
    /// Takes a whole text that [`super::check`] has found to be JSON.
    ///
    /// # Errors
    /// [`JsonFault::End`] for a text of spaces. Other faults show where the value is looked into.
    pub fn new(text: &'a str) -> Result<Self, JsonFault> {
        let text = text.trim_matches([' ', '\t', '\n', '\r']);
        if text.is_empty() { Err(JsonFault::End) } else { Ok(Self { text }) }
    }

    /// Demands that every string in it, keys too, is one of characters: PostgreSQL unescapes all that it walks past.
    ///
    /// # Errors
    /// As [`unescape`], and those of a text that is no JSON.
    pub fn with_characters(self) -> Result<Self, JsonFault> {
        if self.text.contains("\\u") {
            let mut lexer = Lexer::new(self.text);
            loop {
                match lexer.next()? {
                    (Kind::End, _) => break,
                    (Kind::String, written) => drop(unescape(written)?),
                    _ => {}
                }
            }
        }
        Ok(self)
    }

    /// Returns the text of the value as it is.
    #[must_use]
    pub fn as_str(self) -> &'a str {
        self.text
    }

    /// Returns what the value is, which its first character tells.
    #[must_use]
    pub fn kind(self) -> JsonKind {
        match self.text.as_bytes().first() {
            Some(b'{') => JsonKind::Object,
            Some(b'[') => JsonKind::Array,
            Some(b'"') => JsonKind::String,
            Some(b't' | b'f') => JsonKind::Boolean,
            Some(b'n') => JsonKind::Null,
            _ => JsonKind::Number,
        }
    }

    /// Returns the value as text: of a string its characters, of null nothing, of others the text as it is.
    ///
    /// # Errors
    /// As [`unescape`].
    pub fn to_text(self) -> Result<Option<Cow<'a, str>>, JsonFault> {
        match self.kind() {
            JsonKind::Null => Ok(None),
            JsonKind::String => unescape(self.text).map(Some),
            _ => Ok(Some(Cow::Borrowed(self.text))),
        }
    }

    /// Walks over the members of an object or the elements of an array; a scalar has none.
    #[must_use]
    pub fn children(self) -> JsonChildren<'a> {
        let mut lexer = Lexer::new(self.text);
        let is_done = self.kind().is_scalar() || lexer.next().is_err();
        JsonChildren { lexer, is_object: self.kind() == JsonKind::Object, is_done, is_first: true }
    }

    /// Returns the value of a key of an object; of several of that name the last.
    ///
    /// # Errors
    /// Those of a text that is no JSON.
    pub fn member(self, key: &str) -> Result<Option<Self>, JsonFault> {
        let mut found = None;
        if self.kind() == JsonKind::Object {
            for child in self.children() {
                let (name, value) = child?;
                if is_key(name, key)? {
                    found = Some(value);
                }
            }
        }
        Ok(found)
    }

    /// Returns an element of an array by its place from 0, or from the end where that is negative.
    ///
    /// # Errors
    /// Those of a text that is no JSON.
    pub fn element(self, index: i64) -> Result<Option<Self>, JsonFault> {
        if self.kind() != JsonKind::Array {
            return Ok(None);
        }
        let place = if index < 0 {
            let count = i64::try_from(self.count()?).unwrap_or(i64::MAX);
            count.checked_add(index).and_then(|place| usize::try_from(place).ok())
        } else {
            usize::try_from(index).ok()
        };
        let Some(place) = place else { return Ok(None) };
        let element = self.children().nth(place).transpose()?;
        Ok(element.map(|(_, value)| value))
    }

    /// Returns how many members or elements there are.
    ///
    /// # Errors
    /// Those of a text that is no JSON.
    pub fn count(self) -> Result<usize, JsonFault> {
        self.children().try_fold(0, |count, child| child.map(|_| count + 1))
    }

    /// Follows a path of keys and places; where a key is there twice, the last way that leads to the end counts.
    ///
    /// # Errors
    /// Those of a text that is no JSON.
    pub fn path(self, steps: &[&str]) -> Result<Option<Self>, JsonFault> {
        let mut found = None;
        let mut open: Vec<(JsonChildren<'a>, &str, usize)> = Vec::new();
        let mut current = Some((self, 0));
        loop {
            if let Some((value, level)) = current.take() {
                let Some(step) = steps.get(level) else {
                    found = Some(value);
                    if open.is_empty() {
                        return Ok(found);
                    }
                    continue;
                };
                match value.kind() {
                    JsonKind::Object => open.push((value.children(), *step, level + 1)),
                    JsonKind::Array => {
                        let index = index_of(step);
                        let element = index.map(|index| value.element(index)).transpose()?;
                        current = element.flatten().map(|element| (element, level + 1));
                    }
                    _ => {}
                }
                continue;
            }
            let Some((children, step, level)) = open.last_mut() else { return Ok(found) };
            match children.next().transpose()? {
                None => {
                    open.pop();
                }
                Some((name, value)) if is_key(name, step)? => current = Some((value, *level)),
                Some(_) => {}
            }
        }
    }
}

/// The members of an object or the elements of an array: each key as it is written, with quotes, and the value.
///
/// Elements have an empty key. After a fault nothing follows.
#[derive(Debug, Clone)]
pub struct JsonChildren<'a> {
    lexer: Lexer<'a>,
    is_object: bool,
    is_done: bool,
    is_first: bool,
}

impl<'a> JsonChildren<'a> {
    fn child(&mut self) -> Result<Option<(&'a str, JsonValue<'a>)>, JsonFault> {
        let mut key = "";
        let mut start = self.lexer.at();
        let (mut kind, mut token) = self.lexer.next()?;
        if !self.is_first && kind == Kind::Comma {
            start = self.lexer.at();
            (kind, token) = self.lexer.next()?;
        }
        self.is_first = false;
        if matches!(kind, Kind::ObjectEnd | Kind::ArrayEnd) {
            return Ok(None);
        }
        if self.is_object {
            if kind != Kind::String {
                return Err(JsonFault::unexpected("string", token));
            }
            key = token;
            let (colon, token) = self.lexer.next()?;
            if colon != Kind::Colon {
                return Err(JsonFault::unexpected("\":\"", token));
            }
            start = self.lexer.at();
            (kind, _) = self.lexer.next()?;
        }
        let mut depth = 0_usize;
        loop {
            match kind {
                Kind::ObjectStart | Kind::ArrayStart => depth += 1,
                Kind::ObjectEnd | Kind::ArrayEnd => depth = depth.saturating_sub(1),
                Kind::End => return Err(JsonFault::End),
                _ => {}
            }
            if depth == 0 {
                let value = JsonValue::new(self.lexer.slice(start, self.lexer.at()))?;
                return Ok(Some((key, value)));
            }
            (kind, _) = self.lexer.next()?;
        }
    }
}

impl<'a> Iterator for JsonChildren<'a> {
    type Item = Result<(&'a str, JsonValue<'a>), JsonFault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let child = self.child().transpose();
        self.is_done = !matches!(child, Some(Ok(_)));
        child
    }
}

/// Reads a step as the place of an element, as C's `strtol` does.
fn index_of(step: &str) -> Option<i64> {
    let number = step.trim_start_matches(|character: char| character.is_ascii_whitespace());
    number.parse::<i32>().ok().map(i64::from)
}

/// Tells whether a key as written is a text.
fn is_key(written: &str, key: &str) -> Result<bool, JsonFault> {
    if written.contains('\\') {
        return Ok(unescape(written)? == key);
    }
    let inner = written.get(1..written.len().saturating_sub(1));
    Ok(inner == Some(key))
}

/// Returns the characters of a string as it is written, with its quotes.
///
/// # Errors
/// [`JsonFault::HighSurrogate`], [`JsonFault::LowSurrogate`] and [`JsonFault::NullCharacter`] for escapes that are
/// no characters of a text.
pub fn unescape(written: &str) -> Result<Cow<'_, str>, JsonFault> {
    let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or_default();
    if !inner.contains('\\') {
        return Ok(Cow::Borrowed(inner));
    }
    let mut text = String::with_capacity(inner.len());
    let mut high: Option<u32> = None;
    let mut rest = inner;
    while let Some(character) = rest.chars().next() {
        rest = &rest[character.len_utf8()..];
        let mut unit = None;
        let plain = if character == '\\' {
            let escaped = rest.chars().next().ok_or(JsonFault::End)?;
            rest = &rest[escaped.len_utf8()..];
            match escaped {
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let digits = rest.get(..4).ok_or(JsonFault::UnicodeDigits)?;
                    rest = &rest[4..];
                    let code =
                        u32::from_str_radix(digits, 16).map_err(|_| JsonFault::UnicodeDigits)?;
                    unit = Some(code);
                    char::from_u32(code).unwrap_or_default()
                }
                other => other,
            }
        } else {
            character
        };
        match (high, unit) {
            (Some(_), Some(0xd800..=0xdbff)) => return Err(JsonFault::HighSurrogate),
            (None, Some(first @ 0xd800..=0xdbff)) => high = Some(first),
            (Some(first), Some(second @ 0xdc00..=0xdfff)) => {
                high = None;
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            (Some(_), _) | (None, Some(0xdc00..=0xdfff)) => return Err(JsonFault::LowSurrogate),
            (None, Some(0)) => return Err(JsonFault::NullCharacter),
            (None, _) => text.push(plain),
        }
    }
    if high.is_some() { Err(JsonFault::LowSurrogate) } else { Ok(Cow::Owned(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'a>(text: &'a str, steps: &[&str]) -> Option<&'a str> {
        JsonValue::new(text).unwrap().path(steps).unwrap().map(JsonValue::as_str)
    }

    #[test]
    fn a_path_leads_through_keys_and_places() {
        let text = r#" {"a": {"b": [1.50, {"c" : null}]}, "a": 3, "\u0061": {"b": 7}} "#;
        assert_eq!(at(text, &["a", "b"]), Some("7"));
        assert_eq!(at(text, &["a", "b", "1"]), Some(r#"{"c" : null}"#));
        assert_eq!(at(text, &["a", "b", "-2"]), Some("1.50"));
        assert_eq!(at(text, &["a", "b", "2"]), None);
        assert_eq!(at(text, &["z"]), None);
        assert_eq!(at("[1, 2]", &[]), Some("[1, 2]"));
    }

    #[test]
    fn strings_read_as_their_characters() {
        assert_eq!(unescape(r#""a\n\u00e9\ud83d\ude00\/""#).unwrap(), "a\né😀/");
        assert_eq!(unescape(r#""\ud800""#), Err(JsonFault::LowSurrogate));
        assert_eq!(unescape(r#""\ud800\ud800""#), Err(JsonFault::HighSurrogate));
        assert_eq!(unescape(r#""\u0000""#), Err(JsonFault::NullCharacter));
    }

    #[test]
    fn a_string_of_no_characters_is_found_wherever_it_is() {
        let found = |text| JsonValue::new(text).unwrap().with_characters().map(JsonValue::as_str);
        assert_eq!(found(r#"[{"a": "\u00e9"}]"#), Ok(r#"[{"a": "\u00e9"}]"#));
        assert_eq!(found(r#"["\\u0000"]"#), Ok(r#"["\\u0000"]"#));
        assert_eq!(found(r#"[{"\u0000": 1}]"#), Err(JsonFault::NullCharacter));
        assert_eq!(found(r#"[1, "\ud800"]"#), Err(JsonFault::LowSurrogate));
    }

    #[test]
    fn what_is_no_json_ends_in_a_fault() {
        for text in ["{", "[1", "{\"a\"", "{\"a\":", "[\"", "{1}", "[,", "{\"a\" 1}"] {
            let children = JsonValue::new(text).unwrap().children();
            assert!(children.last().unwrap().is_err(), "{text}");
        }
    }
}
