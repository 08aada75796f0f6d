//! An error as text for a terminal, in the form psql uses.

use crate::{Error, Span};
use std::error::Error as StdError;
use std::fmt::Write as _;

/// Returns the error as psql prints one: message, the line with a caret, detail, cause, context, hint.
///
/// `statement` is the text that [`Error::span`] points into. The result ends without a line break.
#[must_use]
pub fn terminal(error: &Error, statement: Option<&str>) -> String {
    let mut text = format!("ERROR:  {}: {}", error.sqlstate(), error.message());
    if let (Some(span), Some(statement)) = (error.span(), statement) {
        text.push_str(&caret(span, statement));
    }
    if let Some(detail) = error.detail() {
        let _ = write!(text, "\nDETAIL:  {detail}");
    }
    let mut cause = error.source();
    while let Some(source) = cause {
        let _ = write!(text, "\nCAUSE:  {source}");
        cause = source.source();
    }
    if !error.context().is_empty() {
        let places: Vec<String> =
            error.context().iter().map(|(name, value)| format!("{name} {value}")).collect();
        let _ = write!(text, "\nCONTEXT:  {}", places.join(", "));
    }
    if let Some(hint) = error.hint() {
        let _ = write!(text, "\nHINT:  {hint}");
    }
    text
}

/// Returns `\nLINE n: text\n   ^` for the line of the statement that the span starts in.
fn caret(span: Span, statement: &str) -> String {
    let start = span.start.min(statement.len());
    let Some(before) = statement.get(..start) else {
        return String::new();
    };
    let number = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |offset| offset + 1);
    let line = statement[line_start..].lines().next().unwrap_or_default();
    let label = format!("LINE {number}: ");
    let column = label.len() + before[line_start..].chars().count();
    format!("\n{label}{line}\n{:column$}^", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SqlState;

    #[test]
    fn caret_stands_under_the_name_in_its_line() {
        let statement = "SELECT api_id,\n  regoin FROM aws.x";
        let start = statement.find("regoin").unwrap();
        let error = Error::new(SqlState::UndefinedColumn, "column \"regoin\" does not exist")
            .with_hint("Perhaps the tag \"region\".")
            .with_span(Span { start, end: start + 6 });
        assert_eq!(
            terminal(&error, Some(statement)),
            "ERROR:  42703: column \"regoin\" does not exist\n\
             LINE 2:   regoin FROM aws.x\n          ^\n\
             HINT:  Perhaps the tag \"region\"."
        );
    }

    #[test]
    fn span_outside_the_statement_prints_no_panic() {
        let error = Error::new(SqlState::SyntaxError, "syntax error at end of input")
            .with_span(Span { start: 99, end: 99 });
        assert!(terminal(&error, Some("SELECT")).contains("LINE 1: SELECT"));
    }
}
