//! The tokens of JSON and their order, with PostgreSQL's words for what is wrong.

use crate::error::JsonFault;

/// How many arrays and objects may stand within each other.
pub const MAXIMUM_DEPTH: usize = 10_000;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,
    Comma,
    Colon,
    String,
    /// A number, `true`, `false` or `null`.
    Scalar,
    End,
}

/// Cuts a text into tokens.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns where the next token or the space before it begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Returns the text between two places where tokens begin or end.
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns the next token; a text that has ended gives [`Kind::End`] again and again.
    pub(super) fn next(&mut self) -> Result<(Kind, &'a str), JsonFault> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        let start = self.at;
        let Some(first) = bytes.get(start) else { return Ok((Kind::End, "")) };
        let kind = match first {
            b'{' => Kind::ObjectStart,
            b'}' => Kind::ObjectEnd,
            b'[' => Kind::ArrayStart,
            b']' => Kind::ArrayEnd,
            b',' => Kind::Comma,
            b':' => Kind::Colon,
            b'"' => {
                self.at = self.string_end(start + 1)?;
                return Ok((Kind::String, self.slice(start, self.at)));
            }
            b'-' | b'0'..=b'9' => return self.number(start),
            _ => return self.word(start),
        };
        self.at += 1;
        Ok((kind, self.slice(start, self.at)))
    }

    /// Returns where a string ends whose first character is at a place.
    fn string_end(&self, start: usize) -> Result<usize, JsonFault> {
        let bytes = self.text.as_bytes();
        let mut at = start;
        loop {
            match bytes.get(at) {
                None => return Err(JsonFault::Token(self.slice(start - 1, at).to_owned())),
                Some(b'"') => return Ok(at + 1),
                Some(b'\\') => at = self.escape_end(start, at + 1)?,
                Some(control @ ..0x20) => return Err(JsonFault::Control(*control)),
                Some(_) => at += 1,
            }
        }
    }

    fn escape_end(&self, start: usize, at: usize) -> Result<usize, JsonFault> {
        let bytes = self.text.as_bytes();
        match bytes.get(at) {
            None => Err(JsonFault::Token(self.slice(start - 1, at).to_owned())),
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(at + 1),
            Some(b'u') => {
                let digits = bytes.get(at + 1..at + 5);
                if digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
                    Ok(at + 5)
                } else {
                    Err(JsonFault::UnicodeDigits)
                }
            }
            Some(_) => {
                let escaped = self.text.get(at..).and_then(|rest| rest.chars().next());
                Err(JsonFault::Escape(escaped.unwrap_or(char::REPLACEMENT_CHARACTER)))
            }
        }
    }

    fn number(&mut self, start: usize) -> Result<(Kind, &'a str), JsonFault> {
        let bytes = self.text.as_bytes();
        let mut at = start + usize::from(bytes[start] == b'-');
        let digits = |from: usize| {
            bytes
                .get(from..)
                .map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
        };
        let mut is_valid = true;
        match bytes.get(at) {
            Some(b'0') => at += 1,
            Some(b'1'..=b'9') => at += digits(at),
            _ => is_valid = false,
        }
        if is_valid && bytes.get(at) == Some(&b'.') {
            let count = digits(at + 1);
            is_valid = count > 0;
            at += 1 + count;
        }
        if is_valid && matches!(bytes.get(at), Some(b'e' | b'E')) {
            at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let count = digits(at);
            is_valid = count > 0;
            at += count;
        }
        let end = self.word_end(at);
        if !is_valid || end > at {
            return Err(JsonFault::Token(self.slice(start, end).to_owned()));
        }
        self.at = at;
        Ok((Kind::Scalar, self.slice(start, at)))
    }

    fn word(&mut self, start: usize) -> Result<(Kind, &'a str), JsonFault> {
        let end = self.word_end(start);
        let word = self.slice(start, end.max(start + 1));
        if !matches!(word, "true" | "false" | "null") {
            return Err(JsonFault::Token(word.to_owned()));
        }
        self.at = end;
        Ok((Kind::Scalar, word))
    }

    /// Returns where the letters and digits from a place on end; everything beyond ASCII is a letter.
    fn word_end(&self, start: usize) -> usize {
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        start + rest.iter().take_while(|byte| is_letter(byte)).count()
    }
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Value,
    FirstElement,
    FirstKey,
    Key,
    Colon,
    AfterValue,
}

/// Checks that a text is one JSON value.
///
/// # Errors
/// What is wrong with it, in PostgreSQL's words; [`JsonFault::Depth`] beyond [`MAXIMUM_DEPTH`].
pub fn check(text: &str) -> Result<(), JsonFault> {
    let mut lexer = Lexer::new(text);
    // Whether each open container is an object.
    let mut open: Vec<bool> = Vec::new();
    let mut state = State::Value;
    loop {
        let (kind, token) = lexer.next()?;
        let expected = |what: &'static str| {
            if kind == Kind::End {
                JsonFault::End
            } else {
                JsonFault::Expected { what, found: token.to_owned() }
            }
        };
        state = match (state, kind) {
            (State::Value | State::FirstElement, Kind::ObjectStart | Kind::ArrayStart) => {
                if open.len() == MAXIMUM_DEPTH {
                    return Err(JsonFault::Depth);
                }
                open.push(kind == Kind::ObjectStart);
                if kind == Kind::ObjectStart { State::FirstKey } else { State::FirstElement }
            }
            (State::Value | State::FirstElement, Kind::String | Kind::Scalar) => State::AfterValue,
            (State::FirstElement, Kind::ArrayEnd) | (State::FirstKey, Kind::ObjectEnd) => {
                open.pop();
                State::AfterValue
            }
            (State::Value | State::FirstElement, _) => return Err(expected("JSON value")),
            (State::FirstKey | State::Key, Kind::String) => State::Colon,
            (State::FirstKey, _) => return Err(expected("string or \"}\"")),
            (State::Key, _) => return Err(expected("string")),
            (State::Colon, Kind::Colon) => State::Value,
            (State::Colon, _) => return Err(expected("\":\"")),
            (State::AfterValue, _) => match (open.last(), kind) {
                (None, Kind::End) => return Ok(()),
                (None, _) => return Err(expected("end of input")),
                (Some(true), Kind::Comma) => State::Key,
                (Some(false), Kind::Comma) => State::Value,
                (Some(true), Kind::ObjectEnd) | (Some(false), Kind::ArrayEnd) => {
                    open.pop();
                    State::AfterValue
                }
                (Some(true), _) => return Err(expected("\",\" or \"}\"")),
                (Some(false), _) => return Err(expected("\",\" or \"]\"")),
            },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_read_as_postgresql_words_them() {
        let faults = [
            ("foo", r#"Token "foo" is invalid."#),
            ("", "The input string ended unexpectedly."),
            ("[1,]", r#"Expected JSON value, but found "]"."#),
            ("{1:2}", r#"Expected string or "}", but found "1"."#),
            (r#"{"a" 1}"#, r#"Expected ":", but found "1"."#),
            (r#"{"a":1,}"#, r#"Expected string, but found "}"."#),
            ("[1 2]", r#"Expected "," or "]", but found "2"."#),
            ("1 2", r#"Expected end of input, but found "2"."#),
            ("\"abc", r#"Token ""abc" is invalid."#),
            ("\"a\tb\"", "Character with value 0x09 must be escaped."),
            (r#""\x""#, r#"Escape sequence "\x" is invalid."#),
            (r#""\u12""#, r#""\u" must be followed by four hexadecimal digits."#),
            ("01", r#"Token "01" is invalid."#),
            ("1.", r#"Token "1." is invalid."#),
            ("-", r#"Token "-" is invalid."#),
            (".5", r#"Token "." is invalid."#),
            ("é", r#"Token "é" is invalid."#),
            (r#"{"a":1 "b":2}"#, r#"Expected "," or "}", but found ""b""."#),
        ];
        for (text, words) in faults {
            assert_eq!(check(text).unwrap_err().to_string(), words, "{text}");
        }
    }

    #[test]
    fn depth_is_limited_and_costs_no_stack() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(check(&nested(MAXIMUM_DEPTH)).is_ok());
        assert_eq!(check(&nested(MAXIMUM_DEPTH + 1)), Err(JsonFault::Depth));
    }
}
