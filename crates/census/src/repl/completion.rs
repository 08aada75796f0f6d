//! Completion: keywords, datasets, their columns, functions and settings, by what was typed so far.

use census_engine::Session;
use reedline::{Completer, CompletionResult, Span, Suggestion};

/// Words that start or join the clauses of a query.
const KEYWORDS: &[&str] = &[
    "AND",
    "AS",
    "ASC",
    "BETWEEN",
    "BY",
    "CASE",
    "CAST",
    "CROSS",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "EXCEPT",
    "EXISTS",
    "EXPLAIN",
    "FALSE",
    "FILTER",
    "FIRST",
    "FROM",
    "FULL",
    "GROUP",
    "HAVING",
    "ILIKE",
    "IN",
    "INNER",
    "INTERSECT",
    "IS",
    "JOIN",
    "LAST",
    "LEFT",
    "LIKE",
    "LIMIT",
    "NOT",
    "NULL",
    "NULLS",
    "OFFSET",
    "ON",
    "OR",
    "ORDER",
    "OVER",
    "PARTITION",
    "RESET",
    "RIGHT",
    "SELECT",
    "SET",
    "SHOW",
    "THEN",
    "TRUE",
    "UNION",
    "USING",
    "VALUES",
    "WHEN",
    "WHERE",
    "WITH",
];

/// Suggests the names that begin with the word before the cursor.
pub struct SqlCompleter {
    /// What can be suggested, with what it is.
    names: Vec<(String, &'static str)>,
}

impl SqlCompleter {
    /// Returns a completer of everything the session can name.
    pub fn new(session: &Session) -> Self {
        let mut names: Vec<(String, &'static str)> =
            KEYWORDS.iter().map(|keyword| ((*keyword).to_owned(), "keyword")).collect();
        for dataset in session.directory().datasets() {
            names.push((dataset.id.clone(), "dataset"));
            for column in &dataset.columns {
                names.push((column.name.clone(), "column"));
            }
        }
        for name in ["coverage", "runs", "datasets", "columns", "settings"] {
            names.push((format!("census.{name}"), "table"));
        }
        for function in census_engine::functions() {
            names.push((function.name.to_owned(), "function"));
        }
        names.sort();
        names.dedup();
        Self { names }
    }

    fn matching(&self, word: &str) -> Vec<(String, &'static str)> {
        let lower = word.to_lowercase();
        let is_upper = word.chars().any(char::is_uppercase);
        self.names
            .iter()
            .filter(|(name, _)| name.to_lowercase().starts_with(&lower))
            .map(|(name, kind)| {
                // Keywords take the case that is being typed.
                let shown = if *kind == "keyword" && !is_upper {
                    name.to_lowercase()
                } else {
                    name.clone()
                };
                (shown, *kind)
            })
            .collect()
    }
}

impl Completer for SqlCompleter {
    fn complete(&mut self, line: &str, position: usize) -> CompletionResult {
        let start = word_start(line, position);
        let word = &line[start..position];
        if word.is_empty() {
            return CompletionResult::fresh(Vec::new());
        }
        let suggestions: Vec<Suggestion> = self
            .matching(word)
            .into_iter()
            .map(|(value, kind)| Suggestion {
                value,
                description: Some(kind.to_owned()),
                span: Span::new(start, position),
                ..Suggestion::default()
            })
            .collect();
        CompletionResult::fresh(suggestions)
    }
}

/// Returns where the name that ends at the cursor begins; names contain dots.
fn word_start(line: &str, position: usize) -> usize {
    line[..position]
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphanumeric() || matches!(c, '_' | '.'))
        .last()
        .map_or(position, |(offset, _)| offset)
}

#[cfg(test)]
mod tests {
    use super::word_start;

    #[test]
    fn word_before_the_cursor_includes_its_schema() {
        let line = "SELECT * FROM aws.api";
        assert_eq!(&line[word_start(line, line.len())..], "aws.api");
        assert_eq!(word_start("SELECT ", 7), 7);
    }
}
