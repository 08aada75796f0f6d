//! What can be wrong with a value or its type.

use census_error::{Error, SqlState};
use datafusion::arrow::datatypes::DataType;
use datafusion::arrow::error::ArrowError;

/// Where and why hstore text stops being hstore text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HstoreFault {
    /// A character that cannot stand there.
    #[error("syntax error near \"{0}\"")]
    Near(char),
    /// The text ends inside a pair, a quotation or an escape.
    #[error("unexpected end of string")]
    UnexpectedEnd,
}

/// Text that is no hstore.
///
/// PostgreSQL 15 reports these faults as XX000 and later versions as 42601; Census uses 22P02
/// as for every other text that is no literal of its type, and keeps the position as a detail.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid input syntax for type hstore: \"{input}\"")]
pub struct HstoreSyntaxError {
    /// The whole text that was read.
    pub input: String,
    /// Offset of the fault in bytes, counted from 0 as PostgreSQL 15 does.
    pub position: usize,
    /// What is wrong there.
    pub fault: HstoreFault,
}

/// Faults of this crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TypeError {
    /// Text that is no hstore.
    #[error(transparent)]
    HstoreSyntax(#[from] HstoreSyntaxError),
    /// An array that should hold hstore values but does not have its form.
    #[error("expected an hstore array, found \"{0}\"")]
    NotHstore(DataType),
    /// A type that has no printed form.
    #[error("values of type \"{data_type}\" cannot be printed")]
    NotPrintable {
        /// The type.
        data_type: DataType,
        /// What Arrow says about it.
        source: ArrowError,
    },
}

impl From<HstoreSyntaxError> for Error {
    fn from(error: HstoreSyntaxError) -> Self {
        let detail = format!("{} at position {}", error.fault, error.position);
        Self::new(SqlState::InvalidTextRepresentation, error.to_string()).with_detail(detail)
    }
}

impl From<TypeError> for Error {
    fn from(error: TypeError) -> Self {
        match error {
            TypeError::HstoreSyntax(syntax) => syntax.into(),
            TypeError::NotHstore(_) => Self::internal(error),
            TypeError::NotPrintable { .. } => {
                Self::new(SqlState::FeatureNotSupported, error.to_string()).with_source(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hstore_syntax_errors_are_22p02_and_say_where() {
        let error = Error::from(crate::hstore::text::parse("a=>1 b").unwrap_err());
        assert_eq!(error.sqlstate(), SqlState::InvalidTextRepresentation);
        insta::assert_snapshot!(error.message(), @r#"invalid input syntax for type hstore: "a=>1 b""#);
        insta::assert_snapshot!(error.detail().unwrap(), @r#"syntax error near "b" at position 5"#);
    }

    #[test]
    fn a_wrong_array_is_ours_to_fix() {
        let error = Error::from(TypeError::NotHstore(DataType::Int64));
        assert_eq!(error.sqlstate(), SqlState::InternalError);
    }
}
