//! Reads numbers by a template.

use super::pattern::{Form, Pattern, Template};
use crate::functions::numbers::doubles::unsigned_zero;
use census_error::{Error, SqlState};

/// Reads a number from a text.
///
/// # Errors
/// 22P02 for a text in which the template finds no digit, 22003 for more digits than it has, 0A000 for `RN` and `EEEE`.
pub(in crate::functions) fn read(template: &Template, text: &str) -> Result<f64, Error> {
    let form = &template.form;
    for (is_there, name) in [(form.is_scientific, "EEEE"), (form.is_roman, "RN")] {
        if is_there {
            let message = format!("\"{name}\" not supported for input");
            return Err(Error::new(SqlState::FeatureNotSupported, message));
        }
    }
    let mut reader = Reader::new(form, text);
    for pattern in &template.patterns {
        if reader.rest.is_empty() {
            break;
        }
        reader.read(*pattern);
    }
    reader.number()
}

/// Reads one number; every pattern takes something from the front of what is left.
///
/// A pattern of a number takes one byte, as PostgreSQL does, also where that is not a whole character.
struct Reader<'a> {
    form: &'a Form,
    rest: &'a [u8],
    /// A blank until a sign is read.
    sign: char,
    /// Digits and the point.
    digits: String,
    has_point: bool,
    digits_before: usize,
    digits_after: usize,
}

impl<'a> Reader<'a> {
    fn new(form: &'a Form, text: &'a str) -> Self {
        Self {
            form,
            rest: text.as_bytes(),
            sign: ' ',
            digits: String::new(),
            has_point: false,
            digits_before: 0,
            digits_after: 0,
        }
    }

    fn read(&mut self, pattern: Pattern) {
        match pattern {
            Pattern::Nine | Pattern::Zero | Pattern::Point => {
                self.read_place(pattern);
                self.skip();
            }
            Pattern::Group if !self.form.fills && self.rest.first() == Some(&b',') => self.skip(),
            Pattern::Currency => self.skip_others(1),
            Pattern::Ordinal(_) => self.skip_others(2),
            Pattern::Minus => self.read_sign(&['-']),
            Pattern::Plus => self.read_sign(&['+']),
            Pattern::Sign => self.read_sign(&['-', '+']),
            Pattern::Character(_) => self.skip_character(),
            Pattern::Group | Pattern::Roman(_) | Pattern::Silent => {}
        }
    }

    fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    fn skip_character(&mut self) {
        self.skip();
        // What is no first byte of a character belongs to the one before it.
        while self.rest.first().is_some_and(|byte| byte & 0xc0 == 0x80) {
            self.skip();
        }
    }

    /// Skips so many characters that no number has.
    fn skip_others(&mut self, count: usize) {
        for _ in 0..count {
            let next = self.rest.first();
            if next.is_some_and(|next| next.is_ascii_digit() || b".,+-".contains(next)) {
                return;
            }
            self.skip_character();
        }
    }

    fn read_sign(&mut self, signs: &[char]) {
        match self.next() {
            Some(next) if signs.contains(&next) => {
                self.sign = next;
                self.skip();
            }
            _ => self.skip_others(1),
        }
    }

    /// Returns the next byte; one that is no ASCII character is none of those that are looked for.
    fn next(&self) -> Option<char> {
        self.rest.first().map(|byte| char::from(*byte))
    }

    fn has_digits(&self) -> bool {
        self.digits_before + self.digits_after > 0
    }

    /// Reads a digit or the point, and a sign before the first or behind the last; what is read last is not skipped.
    fn read_place(&mut self, pattern: Pattern) {
        self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        if self.sign == ' ' && pattern != Pattern::Point && !self.has_digits() {
            self.read_first_sign();
        }
        let Some(next) = self.next() else { return };
        let mut is_read = false;
        if next.is_ascii_digit() {
            if self.has_point && self.digits_after == self.form.after {
                return;
            }
            self.digits.push(next);
            if self.has_point {
                self.digits_after += 1;
            } else {
                self.digits_before += 1;
            }
            is_read = true;
        } else if self.form.has_point && !self.has_point && next == '.' {
            self.digits.push('.');
            self.has_point = true;
            is_read = true;
        }
        if self.sign == ' ' && self.has_digits() {
            self.read_last_sign(next, is_read);
        }
    }

    fn read_first_sign(&mut self) {
        let sign = match self.next() {
            Some(sign @ ('-' | '+')) => sign,
            Some('<') if self.form.has_brackets => '-',
            _ => return,
        };
        self.sign = sign;
        self.skip();
    }

    /// Reads the sign that `S` expects behind the last digit, or one that no pattern expects.
    fn read_last_sign(&mut self, next: char, is_read: bool) {
        if self.form.sign.is_some() {
            if let (true, Some(sign @ (b'-' | b'+'))) = (is_read, self.rest.get(1)) {
                self.sign = char::from(*sign);
                self.skip();
            }
        } else if !is_read && (self.form.has_plus || self.form.has_minus) && "+-".contains(next) {
            self.sign = next;
        }
    }

    /// Returns what has been read.
    fn number(self) -> Result<f64, Error> {
        let digits = self.digits.strip_suffix('.').unwrap_or(&self.digits);
        if !self.has_digits() {
            let message =
                format!("invalid input syntax for type numeric: \"{}{digits}\"", self.sign);
            return Err(Error::new(SqlState::InvalidTextRepresentation, message));
        }
        let whole = digits.split('.').next().unwrap_or_default().trim_start_matches('0');
        let room = self.form.before + self.form.shift;
        if whole.len() > room {
            let limit = if room == 0 { "1".to_owned() } else { format!("10^{room}") };
            let detail = format!(
                "A field with precision {}, scale {} must round to an absolute value less than {limit}.",
                room + self.digits_after,
                self.digits_after
            );
            return Err(Error::new(SqlState::NumericValueOutOfRange, "numeric field overflow")
                .with_detail(detail));
        }
        let sign = if self.sign == '-' { "-" } else { "" };
        let number = format!("{sign}0{digits}e-{}", self.form.shift);
        // Digits with a point and an exponent always read as a number.
        Ok(unsigned_zero(number.parse().unwrap_or(f64::NAN)))
    }
}
