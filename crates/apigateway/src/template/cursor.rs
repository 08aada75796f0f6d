//! A place in the text of a template, and the small readers that every part of the parser needs.

use super::limits::MAXIMUM_NESTING;
use super::syntax::{FaultAt, Parsing};
use crate::TemplateFault;

/// Reads a text from the start; a string in double quotes is read by a cursor of its own.
pub(super) struct Cursor<'a> {
    pub text: &'a str,
    pub at: usize,
    /// Offset of the text in the template; for a string, where the string starts.
    pub origin: usize,
    pub depth: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let is_there = self.rest().starts_with(wanted);
        if is_there {
            self.at += wanted.len();
        }
        is_there
    }

    pub(super) fn fault<T>(&self, fault: TemplateFault) -> Parsing<T> {
        Err(FaultAt { fault, at: self.place(self.at) })
    }

    /// Offset in the template of an offset in this text; inside a string it is the string's start.
    pub(super) fn place(&self, at: usize) -> usize {
        if self.origin == 0 { at } else { self.origin }
    }

    pub(super) fn unexpected<T>(&self, expected: &'static str) -> Parsing<T> {
        let found = match self.peek() {
            Some(found) => format!("\"{}\"", found.escape_debug()),
            None => "the end".to_owned(),
        };
        self.fault(TemplateFault::Unexpected { expected, found })
    }

    pub(super) fn expect(&mut self, wanted: &'static str, expected: &'static str) -> Parsing<()> {
        if self.take(wanted) { Ok(()) } else { self.unexpected(expected) }
    }

    pub(super) fn deeper(&mut self) -> Parsing<()> {
        self.depth += 1;
        if self.depth > MAXIMUM_NESTING {
            return self.fault(TemplateFault::TooDeep { limit: MAXIMUM_NESTING });
        }
        Ok(())
    }

    /// White space with line ends, as inside parentheses.
    pub(super) fn white_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// What a directive swallows behind itself: blanks up to and with one line end.
    pub(super) fn line_end(&mut self) {
        let rest = self.rest().trim_start_matches([' ', '\t']);
        let end = ["\r\n", "\n", "\r"].iter().find(|end| rest.starts_with(**end));
        if let Some(end) = end {
            self.at = self.text.len() - rest.len() + end.len();
        }
    }

    /// An identifier: a letter or underscore, then letters, digits, underscores and hyphens.
    pub(super) fn identifier(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            return None;
        }
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at += length;
        Some(&rest[..length])
    }
}
