//! Reads what stands in square brackets, and escapes that name characters.

use super::class::{Class, Name};
use super::parser::Parser;
use crate::PatternError;

type Result<T> = std::result::Result<T, PatternError>;

impl Parser {
    /// What follows `[`, closing bracket included.
    pub(super) fn class(&mut self) -> Result<Class> {
        self.deeper()?;
        let is_negative = self.take("^");
        let mut parts = Vec::new();
        let mut union: Vec<Class> = Vec::new();
        let mut is_first = true;
        loop {
            if self.take("&&") {
                parts.push(Class::Union(std::mem::take(&mut union)));
                continue;
            }
            if self.take("\\Q") {
                while !self.take("\\E") {
                    let Some(quoted) = self.next() else {
                        return self.invalid("unclosed character class");
                    };
                    union.push(Class::Range(quoted, quoted));
                }
                continue;
            }
            match self.peek() {
                None => return self.invalid("unclosed character class"),
                Some(']') if !is_first => break,
                Some('[') => {
                    self.at += 1;
                    union.push(self.class()?);
                }
                Some(_) => union.push(self.range()?),
            }
            is_first = false;
        }
        self.at += 1;
        self.depth -= 1;
        let whole = if parts.is_empty() {
            Class::Union(union)
        } else {
            if !union.is_empty() {
                parts.push(Class::Union(union));
            }
            Class::Intersection(parts)
        };
        Ok(if is_negative { Class::Not(Box::new(whole)) } else { whole })
    }

    fn range(&mut self) -> Result<Class> {
        let first = self.class_atom()?;
        let Class::Range(low, last) = first else { return Ok(first) };
        let follows = self.text.get(self.at + 1).copied();
        if low != last || self.peek() != Some('-') || matches!(follows, None | Some(']' | '[')) {
            return Ok(first);
        }
        self.at += 1;
        match self.class_atom()? {
            Class::Range(high, end) if high == end && low <= high => Ok(Class::Range(low, high)),
            _ => self.invalid("illegal character range"),
        }
    }

    fn class_atom(&mut self) -> Result<Class> {
        if self.take("\\") {
            return self.escaped_class();
        }
        match self.next() {
            Some(found) => Ok(Class::Range(found, found)),
            None => self.invalid("unclosed character class"),
        }
    }

    /// What follows a backslash where it names one character or a class.
    pub(super) fn escaped_class(&mut self) -> Result<Class> {
        let Some(found) = self.next() else {
            return self.invalid("unexpected end after a backslash");
        };
        let one = |c: char| Ok(Class::Range(c, c));
        let named = |name: Name| Ok(Class::Named(name));
        let not = |name: Name| Ok(Class::Not(Box::new(Class::Named(name))));
        match found {
            'd' => named(Name::Digit),
            'D' => not(Name::Digit),
            'w' => named(Name::Word),
            'W' => not(Name::Word),
            's' => named(Name::Space),
            'S' => not(Name::Space),
            'h' => named(Name::HorizontalSpace),
            'H' => not(Name::HorizontalSpace),
            'v' => named(Name::VerticalSpace),
            'V' => not(Name::VerticalSpace),
            'p' => self.property(),
            'P' => self.property().map(|class| Class::Not(Box::new(class))),
            't' => one('\t'),
            'n' => one('\n'),
            'r' => one('\r'),
            'f' => one('\x0C'),
            'a' => one('\x07'),
            'e' => one('\x1B'),
            'x' => self.hexadecimal(),
            'u' => self.digits_of(16, 4),
            '0' => self.octal(),
            'c' => match self.next() {
                Some(control) if control.is_ascii() => one(char::from(control as u8 ^ 64)),
                _ => self.invalid("illegal control escape"),
            },
            other if other.is_ascii_alphanumeric() => self.invalid("illegal escape"),
            other => one(other),
        }
    }

    fn property(&mut self) -> Result<Class> {
        let name: String = if self.take("{") {
            let rest = &self.text[self.at..];
            let Some(length) = rest.iter().position(|c| *c == '}') else {
                return self.invalid("unclosed character family");
            };
            let name = rest[..length].iter().collect();
            self.at += length + 1;
            name
        } else {
            self.next().into_iter().collect()
        };
        match Name::of_property(&name) {
            Some(name) => Ok(Class::Named(name)),
            None => self.ours(&format!("the character family \"{name}\"")),
        }
    }

    fn hexadecimal(&mut self) -> Result<Class> {
        if !self.take("{") {
            return self.digits_of(16, 2);
        }
        let mut code = 0_u32;
        loop {
            match self.next() {
                Some('}') => return self.character(code),
                Some(digit) if digit.is_ascii_hexdigit() && code < 0x11_0000 => {
                    code = code * 16 + digit.to_digit(16).unwrap_or(0);
                }
                _ => return self.invalid("illegal hexadecimal escape"),
            }
        }
    }

    fn digits_of(&mut self, radix: u32, count: usize) -> Result<Class> {
        let mut code = 0;
        for _ in 0..count {
            let Some(digit) = self.next().and_then(|c| c.to_digit(radix)) else {
                return self.invalid("illegal hexadecimal or Unicode escape");
            };
            code = code * radix + digit;
        }
        self.character(code)
    }

    /// `\0n`, `\0nn` or `\0mnn` up to 377.
    fn octal(&mut self) -> Result<Class> {
        let mut code = 0;
        let mut count = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) {
            if count == 3 || code * 8 + digit > 0o377 {
                break;
            }
            code = code * 8 + digit;
            count += 1;
            self.at += 1;
        }
        if count == 0 { self.invalid("illegal octal escape") } else { self.character(code) }
    }

    fn character(&self, code: u32) -> Result<Class> {
        match char::from_u32(code) {
            Some(c) => Ok(Class::Range(c, c)),
            None => self.ours("half of a surrogate pair"),
        }
    }
}
