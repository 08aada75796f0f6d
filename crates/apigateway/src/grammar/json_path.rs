//! JSON paths as `$input.path()` and parameter mappings read them: `$` and the first dot may be left out.
//!
//! API Gateway's dialect is that of the Java library it names nowhere; functions and script expressions of that
//! library are refused rather than guessed.

use super::filter::Filter;
use crate::{GrammarError, GrammarFault};
use std::fmt;

/// A parsed JSON path.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonPath {
    /// The steps from the document's root.
    pub steps: Vec<PathStep>,
}

/// One step of a JSON path.
#[derive(Debug, Clone, PartialEq)]
pub enum PathStep {
    /// `.name` or `['name']`.
    Member(String),
    /// `['a','b']`: several members.
    Members(Vec<String>),
    /// `[0]`; negative counts from the end.
    Index(i64),
    /// `[0,2]`: several elements.
    Indexes(Vec<i64>),
    /// `[from:to]`; negative counts from the end.
    Slice(Option<i64>, Option<i64>),
    /// `*` or `[*]`.
    Wildcard,
    /// `..`: the value itself and all values in it.
    Descend,
    /// `[?(...)]`.
    Filter(Filter),
}

impl JsonPath {
    /// Reads a path with or without its leading `$`; the empty text is the whole document.
    ///
    /// # Errors
    /// A bracket or quote stays open, a name is empty, or the path uses a function or script.
    pub fn parse(text: &str) -> Result<Self, GrammarError> {
        let mut scanner = PathScanner::new(text);
        let steps = scanner.path()?;
        match scanner.peek() {
            None => Ok(Self { steps }),
            Some(found) => Err(GrammarFault::Unexpected { found }.at(scanner.at)),
        }
    }

    /// Whether the path can find one value at most.
    #[must_use]
    pub fn is_definite(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, PathStep::Member(_) | PathStep::Index(_)))
    }
}

/// Reads paths and, for filters, what stands around them.
pub(super) struct PathScanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Inside a filter a path ends where its operator begins.
    pub(super) in_filter: bool,
}

impl<'a> PathScanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, in_filter: false }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let found = self.peek()?;
        self.at += found.len_utf8();
        Some(found)
    }

    pub(super) fn take(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    pub(super) fn blanks(&mut self) {
        while self.peek().is_some_and(|c| c == ' ' || c == '\t') {
            self.at += 1;
        }
    }

    pub(super) fn path(&mut self) -> Result<Vec<PathStep>, GrammarError> {
        let mut steps = Vec::new();
        let rooted = !self.in_filter && self.take('$');
        if !rooted && !self.in_filter && !matches!(self.peek(), None | Some('.' | '[')) {
            steps.push(self.member()?);
        }
        loop {
            match self.peek() {
                Some('.') => {
                    self.at += 1;
                    if self.take('.') {
                        steps.push(PathStep::Descend);
                        if self.peek() == Some('[') {
                            continue;
                        }
                    }
                    steps.push(self.member()?);
                }
                Some('[') => steps.push(self.bracket()?),
                _ => return Ok(steps),
            }
        }
    }

    fn member(&mut self) -> Result<PathStep, GrammarError> {
        if self.take('*') {
            return Ok(PathStep::Wildcard);
        }
        let start = self.at;
        while let Some(found) = self.peek() {
            let ends = match found {
                '.' | '[' => true,
                '(' => {
                    return Err(
                        GrammarFault::CannotSimulate { what: "a path function" }.at(self.at)
                    );
                }
                ']' | '*' | '\'' | '"' => {
                    return Err(GrammarFault::Unexpected { found }.at(self.at));
                }
                ' ' | ')' | '=' | '!' | '<' | '>' | '&' | '|' => self.in_filter,
                _ => false,
            };
            if ends {
                break;
            }
            self.at += found.len_utf8();
        }
        if start == self.at {
            return Err(GrammarFault::Empty { what: "a name in the path" }.at(start));
        }
        Ok(PathStep::Member(self.text[start..self.at].to_owned()))
    }

    fn bracket(&mut self) -> Result<PathStep, GrammarError> {
        let open = self.at;
        self.at += 1;
        self.blanks();
        let step = match self.peek() {
            Some('*') => {
                self.at += 1;
                PathStep::Wildcard
            }
            Some('\'' | '"') => self.names(open)?,
            Some('?') => {
                self.at += 1;
                PathStep::Filter(self.filter(open)?)
            }
            Some('(') => {
                return Err(GrammarFault::CannotSimulate { what: "a path script" }.at(self.at));
            }
            _ => self.numbers(open)?,
        };
        self.blanks();
        match self.next() {
            Some(']') => Ok(step),
            Some(found) => Err(GrammarFault::Unexpected { found }.at(self.at - found.len_utf8())),
            None => Err(GrammarFault::Unclosed { open: '[' }.at(open)),
        }
    }

    fn names(&mut self, open: usize) -> Result<PathStep, GrammarError> {
        let mut names = Vec::new();
        loop {
            self.blanks();
            names.push(self.quoted(open)?);
            self.blanks();
            if !self.take(',') {
                break;
            }
        }
        if names.len() > 1 {
            return Ok(PathStep::Members(names));
        }
        Ok(PathStep::Member(names.remove(0)))
    }

    /// A name or text in single or double quotes; a backslash takes the next character as it is.
    pub(super) fn quoted(&mut self, open: usize) -> Result<String, GrammarError> {
        let quote = match self.next() {
            Some(quote @ ('\'' | '"')) => quote,
            Some(found) => {
                return Err(GrammarFault::Unexpected { found }.at(self.at - found.len_utf8()));
            }
            None => return Err(GrammarFault::Unclosed { open: '[' }.at(open)),
        };
        let mut name = String::new();
        loop {
            match self.next() {
                None => return Err(GrammarFault::Unclosed { open: quote }.at(open)),
                Some('\\') => name.extend(self.next()),
                Some(found) if found == quote => return Ok(name),
                Some(found) => name.push(found),
            }
        }
    }

    fn numbers(&mut self, open: usize) -> Result<PathStep, GrammarError> {
        let rest = &self.text[self.at..];
        let Some(length) = rest.find(']') else {
            return Err(GrammarFault::Unclosed { open: '[' }.at(open));
        };
        let start = self.at;
        let inside = &rest[..length];
        self.at += length;
        let number = |text: &str| {
            let trimmed = text.trim();
            let fault = || GrammarFault::NotAnIndex { text: trimmed.to_owned() };
            trimmed.parse::<i64>().map_err(|_| fault().at(start))
        };
        if let Some((from, to)) = inside.split_once(':') {
            let bound = |text: &str| match text.trim() {
                "" => Ok(None),
                _ => number(text).map(Some),
            };
            return Ok(PathStep::Slice(bound(from)?, bound(to)?));
        }
        let mut indexes = inside.split(',').map(number).collect::<Result<Vec<_>, _>>()?;
        if indexes.len() > 1 {
            return Ok(PathStep::Indexes(indexes));
        }
        Ok(PathStep::Index(indexes.remove(0)))
    }
}

/// Writes a name in single quotes, so that it reads back.
pub(super) fn write_quoted(formatter: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    write!(formatter, "'{}'", name.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn write_list<T>(
    formatter: &mut fmt::Formatter<'_>,
    items: &[T],
    write_one: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    formatter.write_str("[")?;
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            formatter.write_str(",")?;
        }
        write_one(formatter, item)?;
    }
    formatter.write_str("]")
}

impl fmt::Display for PathStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(name) => {
                formatter.write_str("[")?;
                write_quoted(formatter, name)?;
                formatter.write_str("]")
            }
            Self::Members(names) => write_list(formatter, names, |f, name| write_quoted(f, name)),
            Self::Index(index) => write!(formatter, "[{index}]"),
            Self::Indexes(indexes) => {
                write_list(formatter, indexes, |f, index| write!(f, "{index}"))
            }
            Self::Slice(from, to) => {
                let bound = |bound: &Option<i64>| bound.map(|b| b.to_string()).unwrap_or_default();
                write!(formatter, "[{}:{}]", bound(from), bound(to))
            }
            Self::Wildcard => formatter.write_str("[*]"),
            Self::Descend => formatter.write_str(".."),
            Self::Filter(filter) => write!(formatter, "[?({filter})]"),
        }
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("$")?;
        self.steps.iter().try_for_each(|step| write!(formatter, "{step}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> String {
        match JsonPath::parse(text) {
            Ok(path) => path.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn dollar_and_first_dot_may_be_left_out() {
        for text in ["$.a.b", "a.b", ".a.b", "$['a']['b']", "['a'].b"] {
            assert_eq!(printed(text), "$['a']['b']");
        }
        assert_eq!(printed(""), "$");
        assert_eq!(printed("$"), "$");
    }

    #[test]
    fn printed_path_reads_back() {
        for text in [
            "$..a",
            "$..[0]",
            "$.*",
            "a[*].b",
            "a[-1]",
            "a[1,2]",
            "a[1:]",
            "['x','it\\'s']",
            "$.a[?(@.b == 'c' && @.d > 1.5 || @.e)]",
        ] {
            let path = JsonPath::parse(text).unwrap();
            assert_eq!(JsonPath::parse(&path.to_string()), Ok(path), "{text}");
        }
    }

    #[test]
    fn faults_are_named_with_their_place() {
        insta::assert_snapshot!(printed("a."), @"a name in the path is empty at position 2");
        insta::assert_snapshot!(printed("a[x]"), @r#""x" is not an index at position 2"#);
        insta::assert_snapshot!(printed("a['x"), @r#""'" is never closed at position 1"#);
        insta::assert_snapshot!(printed("a.length()"), @"a path function cannot be simulated at position 8");
        insta::assert_snapshot!(printed("a]"), @r#"unexpected "]" at position 1"#);
    }
}
