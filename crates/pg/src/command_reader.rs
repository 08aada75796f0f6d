//! The words of a statement, one after another, with where they stand.

use crate::text_constant;

/// A word, number, text or sign of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) kind: WordKind,
    /// A name without quotes in lower case, a quoted one and a text as they are meant, anything else as written.
    pub(crate) text: String,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it has ended.
    pub(crate) end: usize,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WordKind {
    /// A keyword or name that is not quoted.
    Plain,
    /// A name in quotes.
    Quoted,
    /// A text constant.
    Text,
    /// Digits.
    Number,
    /// Any other character.
    Sign,
}

impl Word {
    /// Tells whether this is a keyword, given in lower case.
    pub(crate) fn is(&self, keyword: &str) -> bool {
        self.kind == WordKind::Plain && self.text == keyword
    }

    /// Tells whether this is a sign.
    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        self.kind == WordKind::Sign && self.text == sign
    }
}

/// Cuts words off the beginning of a statement.
#[derive(Debug, Clone)]
pub(crate) struct CommandReader<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> CommandReader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, place: 0 }
    }

    /// Takes the next word, passing white space and comments.
    pub(crate) fn next(&mut self) -> Option<Word> {
        self.pass_blanks();
        let rest = self.rest();
        let start = self.place;
        let first = rest.chars().next()?;
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        if let Some((length, text)) = text_constant::read(rest) {
            self.place += length;
            return Some(Word { kind: WordKind::Text, text, start, end: self.place });
        }
        let (kind, length, text) = match first {
            '"' => {
                let (length, text) = text_constant::quoted(rest, first);
                (WordKind::Quoted, length, text)
            }
            digit if digit.is_ascii_digit() => {
                let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                (WordKind::Number, length, rest[..length].to_owned())
            }
            letter if is_name(letter) => {
                let length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
                (WordKind::Plain, length, rest[..length].to_lowercase())
            }
            sign => (WordKind::Sign, sign.len_utf8(), sign.to_string()),
        };
        self.place += length;
        Some(Word { kind, text, start, end: self.place })
    }

    /// Returns the next word without taking it.
    pub(crate) fn peek(&self) -> Option<Word> {
        self.clone().next()
    }

    /// Takes the next word if it is this keyword.
    pub(crate) fn take(&mut self, keyword: &str) -> bool {
        let is_it = self.peek().is_some_and(|word| word.is(keyword));
        if is_it {
            self.next();
        }
        is_it
    }

    /// Returns where the next word begins.
    pub(crate) fn place(&mut self) -> usize {
        self.pass_blanks();
        self.place
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn pass_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.place += rest.len() - trimmed.len();
            let length = if trimmed.starts_with("--") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                comment(trimmed)
            } else {
                return;
            };
            self.place += length;
        }
    }
}

/// Returns how long a comment is, with those within it.
fn comment(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut place) = (0_usize, 0);
    while place < bytes.len() {
        match bytes.get(place..place + 2) {
            Some(b"/*") => {
                depth += 1;
                place += 2;
            }
            Some(b"*/") => {
                depth -= 1;
                place += 2;
                if depth == 0 {
                    return place;
                }
            }
            _ => place += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_with_their_places() {
        let text = "  -- no\n/* a /* b */ */ Fetch 10 \"Größe \"\"x\"\"\" 'it''s';";
        let mut reader = CommandReader::new(text);
        let words: Vec<Word> = std::iter::from_fn(|| reader.next()).collect();
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["fetch", "10", "Größe \"x\"", "it's", ";"]);
        assert_eq!(&text[words[0].start..words[0].end], "Fetch");
    }

    #[test]
    fn what_does_not_end_ends_with_the_text() {
        for text in ["/* a", "\"a", "'a", "--", ""] {
            let mut reader = CommandReader::new(text);
            while reader.next().is_some() {}
            assert_eq!(reader.place(), text.len());
        }
    }
}
