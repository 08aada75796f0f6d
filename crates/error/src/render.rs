//! An error as text for a terminal, in the form psql uses.

use crate::{Error, Span};
use std::error::Error as StdError;
use std::fmt::Write as _;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns of a line of the statement are shown around the fault, as psql does.
const EXCERPT_WIDTH: usize = 100;

/// What stands for the parts of a line that are left out.
const LEFT_OUT: &str = "...";

/// Returns the error as psql prints one: message, the line with a caret, detail, cause, context, hint.
///
/// `statement` is the text that [`Error::span`] points into. The result ends without a line break.
#[must_use]
pub fn terminal(error: &Error, statement: Option<&str>) -> String {
    let mut text = format!("ERROR:  {}: {}", error.sqlstate(), printable(error.message()));
    if let (Some(span), Some(statement)) = (error.span(), statement) {
        text.push_str(&caret(span, statement));
    }
    if let Some(detail) = error.detail() {
        let _ = write!(text, "\nDETAIL:  {}", printable(detail));
    }
    let mut cause = error.source();
    while let Some(source) = cause {
        // Libraries add the text of their cause to their own, and some a backtrace: only what is new is told.
        let sentence = printable(first_line(&source.to_string()));
        if !text.contains(&sentence) {
            let _ = write!(text, "\nCAUSE:  {sentence}");
        }
        cause = source.source();
    }
    if !error.context().is_empty() {
        let places: Vec<String> =
            error.context().iter().map(|(name, value)| format!("{name} {value}")).collect();
        let _ = write!(text, "\nCONTEXT:  {}", printable(&places.join(", ")));
    }
    if let Some(hint) = error.hint() {
        let _ = write!(text, "\nHINT:  {}", printable(hint));
    }
    text
}

fn first_line(text: &str) -> &str {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default()
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
    let (excerpt, column) = excerpt(line, start - line_start);
    format!("\n{label}{excerpt}\n{}^", " ".repeat(label.len() + column))
}

/// Returns what is shown of a line, and the column in it of the byte `position`.
fn excerpt(line: &str, position: usize) -> (String, usize) {
    let (before, after) = line.split_at(position.min(line.len()));
    let (before, after) = (printable(before), printable(after));
    let mut shown = String::new();
    if before.width() + after.width() <= EXCERPT_WIDTH {
        shown.push_str(&before);
    } else {
        // Most of the room goes to what comes first: it says where in the statement this is.
        let room = EXCERPT_WIDTH.saturating_sub(after.width()).max(EXCERPT_WIDTH / 2);
        let kept = last_columns(&before, room);
        if kept.len() < before.len() {
            shown.push_str(LEFT_OUT);
        }
        shown.push_str(kept);
    }
    let column = shown.width();
    let kept = first_columns(&after, (EXCERPT_WIDTH + LEFT_OUT.len()).saturating_sub(column));
    shown.push_str(kept);
    if kept.len() < after.len() {
        shown.push_str(LEFT_OUT);
    }
    (shown, column)
}

/// Returns a text of one line in which no character moves the cursor; it may come from a statement or a peer.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn first_columns(text: &str, columns: usize) -> &str {
    let mut width = 0;
    for (offset, c) in text.char_indices() {
        width += c.width().unwrap_or(0);
        if width > columns {
            return &text[..offset];
        }
    }
    text
}

fn last_columns(text: &str, columns: usize) -> &str {
    let mut width = 0;
    for (offset, c) in text.char_indices().rev() {
        width += c.width().unwrap_or(0);
        if width > columns {
            return &text[offset + c.len_utf8()..];
        }
    }
    text
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

    #[derive(Debug)]
    struct Foreign(&'static str, Option<Box<Foreign>>);

    impl std::fmt::Display for Foreign {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Foreign {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            self.1.as_deref().map(|source| source as _)
        }
    }

    #[test]
    fn cause_is_told_once_and_without_its_backtrace() {
        let inner = Foreign("disk is full", None);
        let outer = Foreign("writing: disk is full\n   0: frame", Some(Box::new(inner)));
        let error =
            Error::new(SqlState::DiskFull, "no space left in store \"s\"").with_source(outer);
        assert_eq!(
            terminal(&error, None),
            "ERROR:  53100: no space left in store \"s\"\nCAUSE:  writing: disk is full"
        );
    }

    #[test]
    fn long_line_is_cut_around_the_fault() {
        let statement = format!("SELECT {}nosuch{}", "1, ".repeat(40_000), ", 2".repeat(40_000));
        let start = statement.find("nosuch").unwrap();
        let error = Error::new(SqlState::UndefinedColumn, "column \"nosuch\" does not exist")
            .with_span(Span { start, end: start + 6 });
        let text = terminal(&error, Some(&statement));
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].starts_with("LINE 1: ...") && lines[1].ends_with("..."), "{text}");
        assert!(lines[1].len() < 130, "{text}");
        assert_eq!(lines[1].find("nosuch"), lines[2].find('^'), "{text}");
    }

    #[test]
    fn caret_counts_columns_of_the_terminal_and_spells_no_control_characters() {
        let statement = "SELECT '日本\t\u{1b}[31m', x";
        let start = statement.find('x').unwrap();
        let error = Error::new(SqlState::UndefinedColumn, "column \"x\" does not exist")
            .with_span(Span { start, end: start + 1 });
        let text = terminal(&error, Some(statement));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "LINE 1: SELECT '日本  [31m', x");
        assert_eq!(lines[2].len(), lines[1].width());
    }
}
