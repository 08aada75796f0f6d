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

/// What is wrong with a text that should be an array, as PostgreSQL's details say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArrayFault {
    /// It begins with something else.
    #[error("Array value must start with \"{{\" or dimension information.")]
    Start,
    /// It ends within braces or quotation marks.
    #[error("Unexpected end of input.")]
    End,
    /// A character that cannot stand there.
    #[error("Unexpected \"{0}\" character.")]
    Character(char),
    /// An item where there cannot be one.
    #[error("Unexpected array element.")]
    Item,
    /// Something after the last brace.
    #[error("Junk after closing right brace.")]
    Junk,
    /// Arrays of different lengths in one.
    #[error("Multidimensional arrays must have sub-arrays with matching dimensions.")]
    SubArrays,
    /// Bounds before the braces that are none.
    #[error("\"[\" must introduce explicitly-specified array dimensions.")]
    Bounds,
    /// No braces after bounds.
    #[error("Array contents must start with \"{{\".")]
    Contents,
    /// Bounds that are not those of the items.
    #[error("Specified array dimensions do not match array contents.")]
    Dimensions,
    /// Bounds that do not begin at 1.
    #[error("array bounds other than from 1 are not supported")]
    LowerBound,
    /// More dimensions than there can be.
    #[error(
        "number of array dimensions exceeds the maximum allowed ({})",
        crate::array_text::MAXIMUM_DIMENSIONS
    )]
    TooManyDimensions,
}

/// Text that is no array.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("malformed array literal: \"{input}\"")]
pub struct ArraySyntaxError {
    /// The whole text that was read.
    pub input: String,
    /// What is wrong with it.
    pub fault: ArrayFault,
}

impl From<ArraySyntaxError> for Error {
    fn from(error: ArraySyntaxError) -> Self {
        let fault = error.fault.to_string();
        match error.fault {
            ArrayFault::LowerBound => Self::new(SqlState::FeatureNotSupported, fault)
                .with_detail(format!("The array is \"{}\".", error.input)),
            ArrayFault::TooManyDimensions => Self::new(SqlState::ProgramLimitExceeded, fault),
            _ => {
                Self::new(SqlState::InvalidTextRepresentation, error.to_string()).with_detail(fault)
            }
        }
    }
}

/// What is wrong with a text that should be JSON, as PostgreSQL's details say it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Characters that are no token.
    #[error("Token \"{0}\" is invalid.")]
    Token(String),
    /// The text ends too early.
    #[error("The input string ended unexpectedly.")]
    End,
    /// A token where another one must stand.
    #[error("Expected {what}, but found \"{found}\".")]
    Expected {
        /// What must stand there.
        what: &'static str,
        /// The token.
        found: String,
    },
    /// A control character within a string.
    #[error("Character with value 0x{0:02x} must be escaped.")]
    Control(u8),
    /// A backslash before another character than JSON allows.
    #[error("Escape sequence \"\\{0}\" is invalid.")]
    Escape(char),
    /// `\u` without its digits.
    #[error("\"\\u\" must be followed by four hexadecimal digits.")]
    UnicodeDigits,
    /// Two first halves of characters.
    #[error("Unicode high surrogate must not follow a high surrogate.")]
    HighSurrogate,
    /// Half a character.
    #[error("Unicode low surrogate must follow a high surrogate.")]
    LowSurrogate,
    /// A character that no text can hold.
    #[error("\\u0000 cannot be converted to text.")]
    NullCharacter,
    /// Arrays and objects within each other beyond the limit.
    #[error("stack depth limit exceeded")]
    Depth,
}

impl JsonFault {
    /// Returns the fault of a token that stands where another one must; the empty one is the end.
    pub(crate) fn unexpected(what: &'static str, found: &str) -> Self {
        if found.is_empty() { Self::End } else { Self::Expected { what, found: found.to_owned() } }
    }
}

impl From<JsonFault> for Error {
    fn from(fault: JsonFault) -> Self {
        let detail = fault.to_string();
        match fault {
            JsonFault::Depth => {
                Self::new(SqlState::StatementTooComplex, detail).with_hint(format!(
                    "json is read up to {} arrays and objects within each other.",
                    crate::json::MAXIMUM_DEPTH
                ))
            }
            JsonFault::NullCharacter => {
                Self::new(SqlState::UntranslatableCharacter, "unsupported Unicode escape sequence")
                    .with_detail(detail)
            }
            _ => {
                let message = "invalid input syntax for type json";
                Self::new(SqlState::InvalidTextRepresentation, message).with_detail(detail)
            }
        }
    }
}

/// What is wrong with an inet or with what is to be done to it, in PostgreSQL's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InetFault {
    /// Text that is no inet.
    #[error("invalid input syntax for type inet: \"{0}\"")]
    Syntax(String),
    /// A prefix longer than the address.
    #[error("invalid mask length: {0}")]
    MaskLength(i64),
    /// An operation on addresses of both families.
    #[error("cannot {0} inet values of different sizes")]
    Sizes(&'static str),
    /// A network of addresses of both families.
    #[error("cannot merge addresses from different families")]
    MergeFamilies,
    /// An address or distance that does not exist.
    #[error("result is out of range")]
    OutOfRange,
}

impl From<InetFault> for Error {
    fn from(fault: InetFault) -> Self {
        let state = match fault {
            InetFault::Syntax(_) => SqlState::InvalidTextRepresentation,
            InetFault::OutOfRange => SqlState::NumericValueOutOfRange,
            _ => SqlState::InvalidParameterValue,
        };
        Self::new(state, fault.to_string())
    }
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
