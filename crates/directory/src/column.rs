//! A column of a dataset: its type in the directory, in Arrow and in SQL, and where its value comes from.

use crate::Template;
use census_types::{hstore, json, timestamp};
use datafusion::arrow::datatypes::{DataType, Field};
use std::sync::Arc;

/// One column of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Lower snake case, as SQL spells it.
    pub name: String,
    /// The directory's data type.
    pub kind: ColumnKind,
    /// Where the collector takes the value from.
    pub source: ColumnSource,
    /// What the column holds, one paragraph.
    pub description: String,
}

impl Column {
    /// Returns the Arrow field, with the extension type in its metadata.
    ///
    /// Only `_key` and `account_id` are never NULL: an absent member is NULL.
    #[must_use]
    pub fn field(&self) -> Field {
        let nullable = !matches!(self.source, ColumnSource::Key | ColumnSource::AccountId);
        self.kind.field(&self.name, nullable)
    }
}

/// Where a column's value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnSource {
    /// `_key`: the dataset's key template.
    Key,
    /// `account_id`: the account of the scope.
    AccountId,
    /// `tags`: the dataset's tag rules.
    Tags,
    /// The member of the item with this wire name, read as the column's type.
    Member(String),
    /// The JSON text of the member with this wire name (a map of anything but strings).
    MemberText(String),
    /// Text composed like a key, for example an ARN that AWS does not send.
    Template(Template),
}

/// A data type of the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Text.
    String,
    /// True or false.
    Bool,
    /// A 64-bit integer.
    Int64,
    /// A double-precision number.
    Float64,
    /// A moment in UTC, to the microsecond.
    Timestamp,
    /// A structure or a list of structures.
    Json,
    /// A map of text to text.
    Hstore,
    /// An hstore whose values are sorted, comma-joined lists: tags from several places.
    HstoreCsv,
    /// A list of texts.
    StringArray,
}

impl ColumnKind {
    /// Every kind, in the order of the reference page.
    pub const ALL: [Self; 9] = [
        Self::String,
        Self::Bool,
        Self::Int64,
        Self::Float64,
        Self::Timestamp,
        Self::Json,
        Self::Hstore,
        Self::HstoreCsv,
        Self::StringArray,
    ];

    /// Returns the directory's name of the type, as dataset files spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Bool => "bool",
            Self::Int64 => "int64",
            Self::Float64 => "float64",
            Self::Timestamp => "timestamp",
            Self::Json => "json",
            Self::Hstore => "hstore",
            Self::HstoreCsv => "hstore_csv",
            Self::StringArray => "array<string>",
        }
    }

    /// Returns the kind with this name, or `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Returns the type as DDSQL writes it.
    #[must_use]
    pub const fn sql_type(self) -> &'static str {
        match self {
            Self::String => "VARCHAR",
            Self::Bool => "BOOLEAN",
            Self::Int64 => "BIGINT",
            Self::Float64 => "DECIMAL",
            Self::Timestamp => "TIMESTAMP",
            Self::Json => "JSON",
            Self::Hstore | Self::HstoreCsv => "HSTORE",
            Self::StringArray => "VARCHAR[]",
        }
    }

    /// Returns the Arrow type.
    #[must_use]
    pub fn data_type(self) -> DataType {
        match self {
            Self::String | Self::Json => DataType::Utf8,
            Self::Bool => DataType::Boolean,
            Self::Int64 => DataType::Int64,
            Self::Float64 => DataType::Float64,
            Self::Timestamp => timestamp::data_type(),
            Self::Hstore | Self::HstoreCsv => hstore::data_type(),
            Self::StringArray => {
                DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)))
            }
        }
    }

    /// Returns an Arrow field of this type, with the extension type in its metadata.
    #[must_use]
    pub fn field(self, name: &str, nullable: bool) -> Field {
        match self {
            Self::Json => json::stored_field(name, nullable),
            Self::Hstore | Self::HstoreCsv => hstore::field(name, nullable),
            _ => Field::new(name, self.data_type(), nullable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_parses_its_own_name() {
        for kind in ColumnKind::ALL {
            assert_eq!(ColumnKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(ColumnKind::parse("strin"), None);
    }

    #[test]
    fn a_field_has_the_type_of_its_kind() {
        for kind in ColumnKind::ALL {
            assert_eq!(kind.field("x", true).data_type(), &kind.data_type());
        }
    }
}
