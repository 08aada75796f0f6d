//! Syntax errors in PostgreSQL's words, with the place in the statement.

use crate::position;
use census_error::{Error, Span, SqlState};
use datafusion::sql::sqlparser::parser::ParserError;
use datafusion::sql::sqlparser::tokenizer::{Token, TokenWithSpan, TokenizerError};

/// Returns `syntax error at or near "…"` for a part of the statement.
pub(crate) fn near(text: &str, span: Span) -> Error {
    let found = text.get(span.start..span.end).unwrap_or_default();
    if found.is_empty() {
        return at_end(text);
    }
    Error::new(SqlState::SyntaxError, format!("syntax error at or near \"{found}\""))
        .with_span(span)
}

/// Returns `syntax error at end of input`.
pub(crate) fn at_end(text: &str) -> Error {
    let end = text.trim_end().len();
    Error::new(SqlState::SyntaxError, "syntax error at end of input")
        .with_span(Span { start: end, end })
}

/// Returns the error for a text that does not fall into tokens: a quote or comment that does not end.
pub(crate) fn of_tokenizer(text: &str, error: &TokenizerError) -> Error {
    let start = position::offset(text, error.location.line, error.location.column);
    let message = match error.message.to_lowercase() {
        message if message.contains("comment") => "unterminated /* comment".to_owned(),
        message
            if message.contains("string literal") || message.contains("unterminated string") =>
        {
            "unterminated quoted string".to_owned()
        }
        message if message.contains("dollar") => "unterminated dollar-quoted string".to_owned(),
        message if message.contains("quote") || message.contains("expected close delimiter") => {
            "unterminated quoted identifier".to_owned()
        }
        message => message.trim_end_matches('.').to_owned(),
    };
    Error::new(SqlState::SyntaxError, message).with_span(Span { start, end: text.len() })
}

/// Returns the error for tokens that make no statement; what the parser expected becomes the detail.
pub(crate) fn of_parser(text: &str, tokens: &[TokenWithSpan], error: &ParserError) -> Error {
    let message = match error {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        ParserError::RecursionLimitExceeded => {
            return Error::new(SqlState::StatementTooComplex, "stack depth limit exceeded")
                .with_hint("WITH gives subqueries a name and keeps them flat.");
        }
    };
    let (what, place) = match message.rsplit_once(" at Line: ") {
        Some((what, place)) => (what, parse_place(place)),
        None => (message.as_str(), None),
    };
    let error = match place.map(|(line, column)| position::offset(text, line, column)) {
        Some(start) => near(text, token_at(text, tokens, start)),
        None => at_end(text),
    };
    match what.strip_prefix("Expected: ").and_then(|what| what.split_once(", found")) {
        Some((expected, _))
            if error.span().is_some_and(|span| span.start < text.trim_end().len())
                || !expected.contains("end of statement") =>
        {
            error.with_detail(format!("expected {expected}"))
        }
        _ => error,
    }
}

/// Reads `3, Column: 12`.
fn parse_place(place: &str) -> Option<(u64, u64)> {
    let (line, column) = place.split_once(", Column: ")?;
    Some((line.trim().parse().ok()?, column.trim().parse().ok()?))
}

/// Returns the whole token that begins at an offset.
fn token_at(text: &str, tokens: &[TokenWithSpan], start: usize) -> Span {
    tokens
        .iter()
        .filter(|token| !matches!(token.token, Token::Whitespace(_) | Token::EOF))
        .map(|token| position::span(text, token.span.start, token.span.end))
        .find(|span| span.start == start)
        .unwrap_or(Span { start, end: start })
}
