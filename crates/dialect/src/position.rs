//! From the parser's lines and columns to byte offsets in the statement.

use census_error::Span;
use datafusion::sql::sqlparser::tokenizer::Location;

/// Returns the byte offset of a place that the parser gives as line and column, both from 1 and in characters.
///
/// A place beyond the text is its end.
pub(crate) fn offset(text: &str, line: u64, column: u64) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(length) => start += length + 1,
            None => return text.len(),
        }
    }
    let skipped = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    text[start..].char_indices().nth(skipped).map_or(text.len(), |(length, _)| start + length)
}

/// Returns the bytes between two places of the parser.
pub(crate) fn span(text: &str, start: Location, end: Location) -> Span {
    let first = offset(text, start.line, start.column);
    Span { start: first, end: offset(text, end.line, end.column).max(first) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offset_counts_characters_of_the_line() {
        let text = "SELECT 'ü',\n  x";
        assert_eq!(&text[offset(text, 2, 3)..], "x");
        assert_eq!(&text[offset(text, 1, 10)..offset(text, 1, 11)], "'");
    }

    #[test]
    fn place_beyond_the_text_is_its_end() {
        assert_eq!(offset("SELECT", 9, 9), 6);
        assert_eq!(offset("SELECT", 1, 99), 6);
    }
}
