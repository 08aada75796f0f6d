//! Cuts a text into the fields that dates, times and intervals are made of.

use super::fault::Fault;
use super::words;

/// How many fields one text may have.
const MAXIMUM_FIELDS: usize = 25;

/// What a field looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits, perhaps with a fraction.
    Number,
    /// Letters.
    Word,
    /// Parts with `-`, `/` or `.` between them; also the name of a zone.
    Date,
    /// Digits with colons.
    Time,
    /// A sign and digits.
    Zone,
    /// A sign and letters.
    Signed,
}

/// One field; letters are lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// As it was written: names of zones have capitals.
    pub(super) written: String,
}

/// Cuts a text at blanks and changes of character; other punctuation counts as blank.
pub(super) fn split(text: &str) -> Result<Vec<Field>, Fault> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    let mut fields = Vec::new();
    while let Some(first) = scanner.peek() {
        if is_blank(first) {
            scanner.at += 1;
            continue;
        }
        let start = scanner.at;
        let kind = match first {
            b'0'..=b'9' => scanner.number_date_or_time(),
            b'.' => {
                scanner.at += 1;
                scanner.take(|byte| byte.is_ascii_digit());
                Kind::Number
            }
            b'a'..=b'z' | b'A'..=b'Z' => scanner.word_or_name(),
            b'+' | b'-' => scanner.signed()?,
            byte if byte.is_ascii_punctuation() => {
                scanner.at += 1;
                continue;
            }
            _ => return Err(Fault::Syntax),
        };
        if fields.len() == MAXIMUM_FIELDS {
            return Err(Fault::Syntax);
        }
        // Blanks may stand between a sign and its number.
        let written: String =
            scanner.text(start).chars().filter(|character| !character.is_whitespace()).collect();
        fields.push(Field { kind, text: written.to_ascii_lowercase(), written });
    }
    Ok(fields)
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x0b
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&belongs) {
            self.at += 1;
        }
    }

    /// Returns what was read since a place; fields are ASCII.
    fn text(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.bytes[start..self.at]).into_owned()
    }

    fn number_date_or_time(&mut self) -> Kind {
        self.take(|byte| byte.is_ascii_digit());
        let delimiter = match self.peek() {
            Some(b':') => {
                self.take(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'));
                return Kind::Time;
            }
            Some(delimiter @ (b'-' | b'/' | b'.')) => delimiter,
            _ => return Kind::Number,
        };
        self.at += 1;
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.take(|byte| byte.is_ascii_alphanumeric() || byte == delimiter);
            return Kind::Date;
        }
        self.take(|byte| byte.is_ascii_digit());
        // Three parts need twice the same character between them.
        if self.peek() == Some(delimiter) {
            self.take(|byte| byte.is_ascii_digit() || byte == delimiter);
            return Kind::Date;
        }
        if delimiter == b'.' { Kind::Number } else { Kind::Date }
    }

    fn word_or_name(&mut self) -> Kind {
        let start = self.at;
        self.take(|byte| byte.is_ascii_alphabetic());
        let is_name = match self.peek() {
            Some(b'-' | b'/' | b'.') => true,
            Some(byte) if byte == b'+' || byte.is_ascii_digit() => {
                words::date_word(&self.text(start).to_ascii_lowercase()).is_none()
            }
            _ => false,
        };
        if !is_name {
            return Kind::Word;
        }
        self.take(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'/' | b'_' | b'.' | b':')
        });
        Kind::Date
    }

    fn signed(&mut self) -> Result<Kind, Fault> {
        self.at += 1;
        self.take(is_blank);
        match self.peek() {
            Some(byte) if byte.is_ascii_digit() => {
                self.take(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'-'));
                Ok(Kind::Zone)
            }
            Some(byte) if byte.is_ascii_alphabetic() => {
                self.take(|byte| byte.is_ascii_alphabetic());
                Ok(Kind::Signed)
            }
            _ => Err(Fault::Syntax),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, String)> {
        split(text).unwrap().into_iter().map(|field| (field.kind, field.text)).collect()
    }

    #[test]
    fn texts_are_cut_where_postgresql_cuts_them() {
        assert_eq!(
            kinds("2025-01-02T03:04:05.5Z"),
            [
                (Kind::Date, "2025-01-02".to_owned()),
                (Kind::Word, "t".to_owned()),
                (Kind::Time, "03:04:05.5".to_owned()),
                (Kind::Word, "z".to_owned()),
            ]
        );
        assert_eq!(kinds("- 5 days, ago")[0], (Kind::Zone, "-5".to_owned()));
        assert_eq!(kinds("1.5")[0].0, Kind::Number);
        assert_eq!(split("2025-01-02 ä"), Err(Fault::Syntax));
        assert_eq!(kinds("10:00 Europe/Berlin")[1].0, Kind::Date);
    }
}
