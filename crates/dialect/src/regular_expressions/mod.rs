//! Regular expressions as ICU reads them: DDSQL's flavour, which is not PostgreSQL's.
//!
//! A pattern is translated and handed to an engine that backtracks only where a pattern asks for it. Which parts
//! of texts patterns are tried on, and what becomes of the matches, belongs to the functions.

mod class;
mod patterns;
mod replacement;
mod similar;
#[cfg(test)]
mod tests;
mod translation;

pub(crate) use patterns::Patterns;
pub(crate) use replacement::Replacement;
pub(crate) use similar::{similar_to_icu, similar_to_parts};
pub(crate) use translation::Flags;

use census_error::{Error, SqlState};
use fancy_regex::{Regex, RegexBuilder};
use std::ops::Range;

/// How many bytes a pattern may have.
const MAXIMUM_LENGTH: usize = 10_000;
/// How often one search may go back, at least once a character; some ten milliseconds.
const MAXIMUM_BACKTRACKS: usize = 500_000;
/// How many bytes a compiled part may have.
const MAXIMUM_PROGRAM: usize = 4 << 20;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct RegularExpression {
    plain: Regex,
    /// For texts with other line terminators than `\n`, or one at the end, where that makes a difference.
    exact: Option<Regex>,
    groups: usize,
    names: Vec<(String, usize)>,
    backtracks: bool,
}

/// Where a pattern matched: the whole, then each group; in bytes.
pub(crate) type Groups = Vec<Option<Range<usize>>>;

impl RegularExpression {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// 2201B for what is no pattern, what the engine cannot do, and what is too large.
    pub(crate) fn compile(pattern: &str, flags: Flags) -> Result<Self, Error> {
        if pattern.len() > MAXIMUM_LENGTH {
            return Err(fault("the pattern is too long"));
        }
        let translation = translation::translate(pattern, flags)?;
        let is_same = translation.plain == translation.exact;
        let exact = if is_same { None } else { Some(build(&translation.exact)?) };
        Ok(Self {
            plain: build(&translation.plain)?,
            exact,
            groups: translation.groups,
            names: translation.names,
            backtracks: translation.backtracks,
        })
    }

    /// Returns how many groups capture.
    pub(crate) fn groups(&self) -> usize {
        self.groups
    }

    /// Returns the number of a named group.
    fn group_named(&self, name: &str) -> Option<usize> {
        self.names.iter().find(|(other, _)| other == name).map(|&(_, number)| number)
    }

    /// Returns the program for a text, and whether it may backtrack.
    fn program(&self, text: &str) -> (&Regex, bool) {
        match &self.exact {
            Some(exact) if !is_plain(text) => (exact, true),
            _ => (&self.plain, self.backtracks),
        }
    }
}

/// Tells whether `\n` is the only line terminator of a text, and not its last character.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.last() == Some(&b'\n') || bytes.iter().any(|byte| (0x0B..=0x0D).contains(byte)) {
        return false;
    }
    text.is_ascii() || !text.contains(['\u{85}', '\u{2028}', '\u{2029}'])
}

fn build(pattern: &str) -> Result<Regex, Error> {
    RegexBuilder::new(pattern)
        .backtrack_limit(MAXIMUM_BACKTRACKS)
        .delegate_size_limit(MAXIMUM_PROGRAM)
        .delegate_dfa_size_limit(MAXIMUM_PROGRAM)
        .build()
        .map_err(|error| engine_fault(&error))
}

/// Returns the error for what the engine says about a pattern or a search.
fn engine_fault(error: &fancy_regex::Error) -> Error {
    use fancy_regex::{CompileError, ParseError};
    match error {
        fancy_regex::Error::RuntimeError(_) => too_complex(),
        fancy_regex::Error::CompileError(CompileError::LookBehindNotConst) => {
            fault("a look behind of no fixed length is not supported")
        }
        fancy_regex::Error::CompileError(CompileError::InvalidBackref)
        | fancy_regex::Error::ParseError(_, ParseError::InvalidBackref) => {
            fault("a reference back to a group that follows is not supported")
        }
        fancy_regex::Error::ParseError(_, ParseError::TargetNotRepeatable) => {
            fault("a condition on the place cannot be repeated")
        }
        fancy_regex::Error::ParseError(_, ParseError::RecursionExceeded) => {
            fault("groups are nested too deeply")
        }
        fancy_regex::Error::CompileError(CompileError::InnerError(inner)) => {
            let sentence = inner.to_string();
            if sentence.contains("size limit") {
                return fault("the pattern is too complex");
            }
            // The lines between draw the place; the last one says what is wrong.
            let last = sentence.lines().last().unwrap_or_default();
            fault(last.trim_start_matches("error: ").to_lowercase())
        }
        _ => fault("the pattern is not supported").with_detail(error.to_string()),
    }
}

fn too_complex() -> Error {
    Error::new(SqlState::InvalidRegularExpression, "regular expression is too complex")
        .with_detail("Matching took too many steps.")
        .with_hint(
            "Repetitions within repetitions, and looking around inside of them, take many steps.",
        )
}

/// Returns the error for a pattern (2201B).
fn fault(what: impl AsRef<str>) -> Error {
    let message = format!("invalid regular expression: {}", what.as_ref());
    Error::new(SqlState::InvalidRegularExpression, message)
}
