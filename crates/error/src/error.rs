//! The error itself: SQLSTATE, message, detail, hint, span, context and source.

use crate::SqlState;
use std::error::Error as StdError;
use std::fmt;

/// A result whose error is, by default, [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Whose it is to fix; command lines exit with 1 or 2 accordingly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Input, permissions, configuration, a full disk: something outside Census.
    User,
    /// A defect of Census.
    Ours,
}

/// Byte offsets into the statement that caused an error; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// Returns the 1-based position in characters that PostgreSQL's `P` field carries.
    #[must_use]
    pub fn position(self, statement: &str) -> usize {
        statement.char_indices().take_while(|(offset, _)| *offset < self.start).count() + 1
    }
}

/// What went wrong, with everything a surface needs to show it.
///
/// `Display` prints the message alone; renderers walk [`std::error::Error::source`].
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    sqlstate: SqlState,
    message: String,
    detail: Option<String>,
    hint: Option<String>,
    span: Option<Span>,
    context: Vec<(&'static str, String)>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// Returns an error with a condition and a message in PostgreSQL's wording.
    #[must_use]
    pub fn new(sqlstate: SqlState, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            sqlstate,
            message: message.into(),
            detail: None,
            hint: None,
            span: None,
            context: Vec::new(),
            source: None,
        }))
    }

    /// Returns XX000 for a defect of Census, with what caused it and how to report it.
    #[must_use]
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(SqlState::InternalError, "internal error")
            .with_source(source)
            .with_hint("This is a defect of Census. Please report the statement and this message.")
    }

    /// Adds what the message leaves out.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// Adds what to do about it: a sentence with a capital and a full stop, as PostgreSQL's hints.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds the part of the statement that caused it.
    #[must_use]
    pub fn with_span(mut self, span: Span) -> Self {
        self.0.span = Some(span);
        self
    }

    /// Adds where it happened, for example `("region", "eu-west-1")`; the innermost comes first.
    #[must_use]
    pub fn with_context(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.context.push((name, value.into()));
        self
    }

    /// Adds the error that caused it.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Returns the condition.
    #[must_use]
    pub fn sqlstate(&self) -> SqlState {
        self.0.sqlstate
    }

    /// Returns the message: one line, lower case, without full stop.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the detail, if there is one.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// Returns the hint, if there is one.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// Returns the part of the statement that caused it, if one did.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.0.span
    }

    /// Returns where it happened, innermost first.
    #[must_use]
    pub fn context(&self) -> &[(&'static str, String)] {
        &self.0.context
    }

    /// Tells whose it is to fix: class XX is ours, everything else the user's.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self.0.sqlstate {
            SqlState::InternalError => Fault::Ours,
            _ => Fault::User,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn position_counts_characters_from_one() {
        let statement = "select 'ü', nope";
        let start = statement.find("nope").unwrap();
        assert_eq!(Span { start, end: start + 4 }.position(statement), 13);
    }

    #[test]
    fn only_internal_errors_are_ours() {
        assert_eq!(Error::internal("boom").fault(), Fault::Ours);
        assert_eq!(Error::new(SqlState::DataCorrupted, "damaged").fault(), Fault::User);
    }
}
