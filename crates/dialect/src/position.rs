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

/// Finds the byte offsets of places that come in their order: one pass over the text, however many there are.
pub(crate) struct Cursor<'a> {
    rest: std::str::CharIndices<'a>,
    place: Location,
}

impl<'a> Cursor<'a> {
    /// Starts at the beginning of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text.char_indices(), place: Location { line: 1, column: 1 } }
    }

    /// Goes on to a place and returns its offset; one beyond the text is its end.
    pub(crate) fn advance(&mut self, place: Location) -> usize {
        while (self.place.line, self.place.column) < (place.line, place.column) {
            match self.rest.next() {
                Some((_, '\n')) => {
                    self.place = Location { line: self.place.line + 1, column: 1 };
                }
                Some(_) => self.place.column += 1,
                None => break,
            }
        }
        self.rest.offset()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursor_finds_the_places_that_offset_finds() {
        let text = "SELECT 'ü',\n\n  x";
        let mut cursor = Cursor::new(text);
        for (line, column) in [(1, 1), (1, 8), (1, 10), (2, 1), (3, 3), (3, 4), (9, 9)] {
            let place = Location { line, column };
            assert_eq!(cursor.advance(place), offset(text, line, column), "{line}:{column}");
        }
    }

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
