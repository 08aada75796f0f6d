//! What one SQL function declares about itself; `\df`, completion, the reference and the engine read it.

use crate::functions::argument::Arguments;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::Result;

/// The part of the reference that a function belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Section {
    /// Numbers.
    Numbers,
    /// Casts, as functions.
    Casts,
    /// Strings that map to strings.
    Hstore,
    /// JSON texts.
    Json,
    /// Tags, whose values are lists.
    Tags,
}

/// One SQL function.
#[derive(Debug)]
pub struct FunctionRecord {
    /// Where the reference lists it.
    pub section: Section,
    /// Its name, lower case.
    pub name: &'static str,
    /// Its forms with argument and result types, for example `akeys(hstore) → text[]`, one a line; empty for a
    /// function that operators and casts stand for, which no list shows.
    pub syntax: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Statements and what they print; they are run as tests.
    pub examples: &'static [Example],
    /// Its forms; the first that fits the arguments is taken.
    pub overloads: &'static [Overload],
}

/// A statement and the text of its only value; NULL prints as `NULL`.
#[derive(Debug)]
pub struct Example {
    /// The statement.
    pub sql: &'static str,
    /// What it prints.
    pub prints: &'static str,
}

/// One form of a strict function: NULL for any argument gives NULL, and the kernel never sees it whole.
#[derive(Debug)]
pub struct Overload {
    /// The types of the arguments.
    pub parameters: &'static [Parameter],
    /// The type of the result.
    pub returns: Parameter,
    /// Computes the result; it answers NULL in the rows where an argument is NULL.
    pub kernel: fn(&Arguments<'_>) -> Result<ArrayRef>,
}

/// A type that an argument or result may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameter {
    /// Any type; only for arguments.
    Any,
    /// BIGINT.
    Bigint,
    /// BOOLEAN.
    Boolean,
    /// DOUBLE PRECISION.
    DoublePrecision,
    /// HSTORE.
    Hstore,
    /// JSON.
    Json,
    /// VARCHAR.
    Text,
    /// VARCHAR[].
    TextArray,
}

impl Parameter {
    /// Returns the Arrow field of a result.
    #[must_use]
    pub fn field(self, name: &str) -> Field {
        match self {
            Self::Hstore => census_types::hstore::field(name, true),
            Self::Json => census_types::json::field(name, true),
            Self::Bigint => Field::new(name, DataType::Int64, true),
            Self::Boolean => Field::new(name, DataType::Boolean, true),
            Self::DoublePrecision => Field::new(name, DataType::Float64, true),
            Self::TextArray => {
                Field::new_list(name, Field::new_list_field(DataType::Utf8, true), true)
            }
            Self::Text | Self::Any => Field::new(name, DataType::Utf8, true),
        }
    }

    /// Tells whether a value of this Arrow type may be given; a text that is no literal is refused later,
    /// where it is known.
    #[must_use]
    pub fn accepts(self, data_type: &DataType) -> bool {
        let is_text =
            matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        match self {
            _ if data_type.is_null() => true,
            Self::Any => true,
            Self::Bigint => *data_type == DataType::Int64,
            Self::Boolean => *data_type == DataType::Boolean,
            Self::DoublePrecision => *data_type == DataType::Float64,
            Self::Hstore => matches!(data_type, DataType::Map(..)) || is_text,
            Self::Json | Self::Text => is_text,
            Self::TextArray => {
                matches!(data_type, DataType::List(item) if matches!(item.data_type(), DataType::Utf8 | DataType::Utf8View | DataType::Null))
            }
        }
    }
}
