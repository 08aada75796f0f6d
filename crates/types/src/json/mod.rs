//! json: text that is kept as given, as PostgreSQL's `json` (not `jsonb`) keeps it.
//!
//! Within the engine a value is a struct of one text, so that its Arrow type alone tells it from text; stored and
//! answered it is `Utf8` that carries the name of Arrow's canonical extension type (`docs/adr/0002-types-are-types.md`).

mod syntax;
mod value;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringArray, StructArray};
use datafusion::arrow::datatypes::{DataType, Field, Fields};

pub use syntax::{MAXIMUM_DEPTH, check};
pub use value::{JsonChildren, JsonKind, JsonValue, unescape};

/// The name of the Arrow extension type; it is one of Arrow's canonical extensions.
pub const EXTENSION_NAME: &str = "arrow.json";

/// The only member of the struct.
static MEMBERS: LazyLock<Fields> =
    LazyLock::new(|| Fields::from(vec![Field::new("json", DataType::Utf8, true)]));

/// Returns the Arrow type of json within the engine.
#[must_use]
pub fn data_type() -> DataType {
    DataType::Struct(MEMBERS.clone())
}

/// Makes a field of type json within the engine.
#[must_use]
pub fn field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, data_type(), nullable)
}

/// Makes a field of type json as it is stored and answered: `Utf8` that carries the extension name.
#[must_use]
pub fn stored_field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, DataType::Utf8, nullable).with_metadata(HashMap::from([(
        crate::EXTENSION_KEY.to_owned(),
        EXTENSION_NAME.to_owned(),
    )]))
}

/// Tells whether an Arrow type is that of json within the engine.
#[must_use]
pub fn is_json_type(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Struct(members) if *members == *MEMBERS)
}

/// Tells whether a field is json as it is stored and answered.
#[must_use]
pub fn is_stored_json(field: &Field) -> bool {
    field.extension_type_name() == Some(EXTENSION_NAME) && !is_json_type(field.data_type())
}

/// Returns texts as values of the engine; they must be JSON.
#[must_use]
pub fn of_texts(texts: StringArray) -> ArrayRef {
    let nulls = texts.nulls().cloned();
    Arc::new(StructArray::new(MEMBERS.clone(), vec![Arc::new(texts)], nulls))
}

/// Returns the texts of values of the engine, or `None` of an array of another type.
#[must_use]
pub fn texts(array: &dyn Array) -> Option<StringArray> {
    if !is_json_type(array.data_type()) {
        return None;
    }
    let values = array.as_struct();
    let texts = values.column(0).as_string::<i32>();
    if values.nulls().is_none() {
        return Some(texts.clone());
    }
    // What is NULL as a whole may stand over any text.
    let nulls = values.column(0).nulls();
    let nulls = datafusion::arrow::buffer::NullBuffer::union(values.nulls(), nulls);
    Some(StringArray::new(texts.offsets().clone(), texts.values().clone(), nulls))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_extension_name_makes_json_of_stored_text() {
        assert!(is_stored_json(&stored_field("cors_configuration", true)));
        assert!(!is_stored_json(&Field::new("name", DataType::Utf8, true)));
        assert!(!is_stored_json(&field("cors_configuration", true)));
    }

    #[test]
    fn values_keep_their_texts_and_nulls() {
        let values = of_texts(StringArray::from(vec![Some("1"), None, Some("{}")]));
        assert!(is_json_type(values.data_type()));
        let slice = values.slice(1, 2);
        let texts = texts(slice.as_ref()).unwrap();
        assert_eq!(texts.iter().collect::<Vec<_>>(), [None, Some("{}")]);
    }
}
