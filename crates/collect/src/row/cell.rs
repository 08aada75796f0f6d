//! One column's values while rows are collected.

use super::moment;
use census_directory::ColumnKind;
use census_types::hstore::HstoreBuilder;
use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Float64Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMicrosecondBuilder,
};
use datafusion::arrow::datatypes::DataType;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The kind of a value that does not fit, as a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Misfit(pub(super) &'static str);

/// The builder that a column's kind asks for.
pub(super) enum Cell {
    Text(StringBuilder),
    Json(StringBuilder),
    Bool(BooleanBuilder),
    Int64(Int64Builder),
    Float64(Float64Builder),
    Timestamp(TimestampMicrosecondBuilder),
    Hstore(HstoreBuilder),
    Texts(ListBuilder<StringBuilder>),
}

impl Cell {
    /// Begins without any room: thousands of regions have a row or two, which keep the memory they were built in.
    pub(super) fn new(kind: ColumnKind) -> Self {
        let texts = || StringBuilder::with_capacity(0, 0);
        match kind {
            ColumnKind::String => Self::Text(texts()),
            ColumnKind::Json => Self::Json(texts()),
            ColumnKind::Bool => Self::Bool(BooleanBuilder::with_capacity(0)),
            ColumnKind::Int64 => Self::Int64(Int64Builder::with_capacity(0)),
            ColumnKind::Float64 => Self::Float64(Float64Builder::with_capacity(0)),
            ColumnKind::Timestamp => {
                let zone = match kind.data_type() {
                    DataType::Timestamp(_, zone) => zone,
                    _ => None,
                };
                let moments = TimestampMicrosecondBuilder::with_capacity(0);
                Self::Timestamp(moments.with_timezone_opt(zone))
            }
            ColumnKind::Hstore | ColumnKind::HstoreCsv => Self::Hstore(HstoreBuilder::new()),
            ColumnKind::StringArray => Self::Texts(ListBuilder::with_capacity(texts(), 0)),
        }
    }

    /// Appends a member's value; an absent one is `Value::Null`.
    ///
    /// # Errors
    /// A value of another kind than the column's; then nothing is appended.
    pub(super) fn append(&mut self, value: &Value) -> Result<(), Misfit> {
        let misfit = Misfit(kind_of(value));
        let is_null = value.is_null();
        match self {
            Self::Json(_) => {
                self.append_json(value);
                return Ok(());
            }
            Self::Text(builder) => {
                builder.append_option(optional(is_null, value.as_str()).ok_or(misfit)?);
            }
            Self::Bool(builder) => {
                builder.append_option(optional(is_null, value.as_bool()).ok_or(misfit)?);
            }
            Self::Int64(builder) => {
                builder.append_option(optional(is_null, value.as_i64()).ok_or(misfit)?);
            }
            Self::Float64(builder) => {
                builder.append_option(optional(is_null, value.as_f64()).ok_or(misfit)?);
            }
            Self::Timestamp(builder) => {
                builder
                    .append_option(optional(is_null, moment::microseconds(value)).ok_or(misfit)?);
            }
            Self::Hstore(builder) => match value {
                Value::Null => builder.append_null(),
                Value::Object(members) => builder.append(entries(members)?),
                _ => return Err(misfit),
            },
            Self::Texts(builder) => match value {
                Value::Null => builder.append_null(),
                Value::Array(values) => append_texts(builder, values)?,
                _ => return Err(misfit),
            },
        }
        Ok(())
    }

    /// Appends a value's JSON text with its members in the order received; NULL for null.
    pub(super) fn append_json(&mut self, value: &Value) {
        if let Self::Text(builder) | Self::Json(builder) = self {
            builder.append_option((!value.is_null()).then(|| value.to_string()));
        }
    }

    /// Appends composed text; the directory only allows it in columns of text.
    pub(super) fn append_text(&mut self, text: &str) {
        if let Self::Text(builder) = self {
            builder.append_value(text);
        }
    }

    /// Appends composed entries; the directory only allows it in columns of hstore.
    pub(super) fn append_entries(&mut self, entries: Vec<(String, Option<String>)>) {
        if let Self::Hstore(builder) = self {
            builder.append(entries);
        }
    }

    pub(super) fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) | Self::Json(builder) => Arc::new(builder.finish()),
            Self::Bool(builder) => Arc::new(builder.finish()),
            Self::Int64(builder) => Arc::new(builder.finish()),
            Self::Float64(builder) => Arc::new(builder.finish()),
            Self::Timestamp(builder) => Arc::new(builder.finish()),
            Self::Hstore(builder) => Arc::new(builder.finish()),
            Self::Texts(builder) => Arc::new(builder.finish()),
        }
    }
}

/// Returns NULL for null, the value where it fits, and `None` where it does not.
#[expect(
    clippy::option_option,
    reason = "the outer says whether it fits, the inner is the value or NULL"
)]
fn optional<T>(is_null: bool, value: Option<T>) -> Option<Option<T>> {
    if is_null { Some(None) } else { value.map(Some) }
}

fn entries(members: &Map<String, Value>) -> Result<Vec<(&str, Option<&str>)>, Misfit> {
    let mut entries = Vec::with_capacity(members.len());
    for (key, value) in members {
        match value {
            Value::Null => entries.push((key.as_str(), None)),
            Value::String(text) => entries.push((key.as_str(), Some(text.as_str()))),
            _ => return Err(Misfit("a map of something else than strings")),
        }
    }
    Ok(entries)
}

fn append_texts(builder: &mut ListBuilder<StringBuilder>, values: &[Value]) -> Result<(), Misfit> {
    if !values.iter().all(|value| value.is_string() || value.is_null()) {
        return Err(Misfit("a list of something else than strings"));
    }
    for value in values {
        builder.values().append_option(value.as_str());
    }
    builder.append(true);
    Ok(())
}

/// Names the kind of a JSON value in a phrase.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
