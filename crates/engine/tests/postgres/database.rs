//! What PostgreSQL and the engine have in common: letters for types, texts for cells, failures.

use sqllogictest::ColumnType;

/// A column's type as one letter of a `query` line; arrays have the small letter of their elements.
///
/// Widths are not told apart: DDSQL has one integer and one number with a fraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter(char);

impl Letter {
    /// Returns the letter of a type by the name that `format_type` gives it.
    pub fn of_type(name: &str) -> Self {
        if let Some(element) = name.strip_suffix("[]") {
            return Self(Self::of_type(element).0.to_ascii_lowercase());
        }
        Self(match name {
            "boolean" => 'B',
            "smallint" | "integer" | "bigint" => 'I',
            "real" | "double precision" | "numeric" => 'R',
            "text" | "character varying" => 'T',
            "timestamp without time zone" => 'P',
            "timestamp with time zone" => 'Z',
            "date" => 'D',
            "interval" => 'V',
            "hstore" => 'H',
            "json" => 'J',
            "inet" => 'N',
            _ => '?',
        })
    }
}

impl ColumnType for Letter {
    fn from_char(letter: char) -> Option<Self> {
        Some(Self(letter))
    }

    fn to_char(&self) -> char {
        self.0
    }
}

/// Returns a cell as it stands in a file: on one line, and never empty, for an empty line ends the rows.
pub fn cell(text: Option<String>) -> String {
    match text {
        None => "NULL".to_owned(),
        Some(text) if text.is_empty() => "(empty)".to_owned(),
        Some(text) => text.replace('\n', "␊"),
    }
}

/// A refused statement.
#[derive(Debug, Default)]
pub struct Failure {
    pub sqlstate: String,
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.sqlstate, self.message)
    }
}

impl std::error::Error for Failure {}
