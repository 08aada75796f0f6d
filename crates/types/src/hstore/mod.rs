//! hstore: a map from text to text or NULL, as PostgreSQL's module of that name defines it.
//!
//! Its Arrow form is what the Delta kernel makes of `map<string,string>`, so that a table read back
//! needs no cast. A canonical row has unique keys, ordered by length in bytes and then by bytes;
//! [`HstoreBuilder`] always makes canonical rows, while [`HstoreArray`] also reads rows of files
//! that others wrote in any order.

mod builder;
mod order;
pub mod text;
mod view;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use datafusion::arrow::datatypes::{DataType, Field, FieldRef, Fields};

pub use builder::HstoreBuilder;
pub use order::{compare_entries, compare_keys, is_canonical};
pub use view::{Entries, HstoreArray};

/// The name of the Arrow extension type.
pub const EXTENSION_NAME: &str = "census.hstore";

/// The name of the function behind `hstore -> text`, by which a scan sees that of a map one key is all that is asked for.
///
/// It also takes the maps of [`is_dictionary_type`], so that such a scan need not copy their texts.
pub const GET_FUNCTION: &str = "__hstore_get";

/// A key and its value; no value is SQL's NULL.
pub type Entry<'a> = (&'a str, Option<&'a str>);

static ENTRIES: LazyLock<FieldRef> = LazyLock::new(|| {
    let entries = DataType::Struct(entry_fields());
    Arc::new(Field::new("key_value", entries, false))
});

/// Returns the fields of an entry: `key` (never NULL) and `value`.
fn entry_fields() -> Fields {
    static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
        Fields::from(vec![
            Field::new("key", DataType::Utf8, false),
            Field::new("value", DataType::Utf8, true),
        ])
    });
    FIELDS.clone()
}

/// Returns the field of the entries within [`data_type`].
fn entries_field() -> FieldRef {
    Arc::clone(&ENTRIES)
}

/// Returns the Arrow type of hstore: an unsorted `Map` of `key_value: { key: Utf8, value: Utf8 or NULL }`.
#[must_use]
pub fn data_type() -> DataType {
    DataType::Map(entries_field(), false)
}

/// Makes a field of type hstore that carries the extension name.
#[must_use]
pub fn field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, data_type(), nullable).with_metadata(HashMap::from([(
        crate::EXTENSION_KEY.to_owned(),
        EXTENSION_NAME.to_owned(),
    )]))
}

/// Tells whether a field holds hstore values.
///
/// The type decides, not the extension name: expressions lose metadata, and files written
/// by others never had it.
#[must_use]
pub fn is_hstore(field: &Field) -> bool {
    is_hstore_type(field.data_type())
}

/// Tells whether a type is a map from `Utf8` to `Utf8`, whatever its inner fields are called.
#[must_use]
pub fn is_hstore_type(data_type: &DataType) -> bool {
    let DataType::Map(entries, _) = data_type else {
        return false;
    };
    let DataType::Struct(fields) = entries.data_type() else {
        return false;
    };
    fields.len() == 2 && fields.iter().all(|field| field.data_type() == &DataType::Utf8)
}

/// Returns the type that a map from `Utf8` to `Utf8` has where its texts are kept as they stand in a file: each text
/// once, and a number for every use of it. Only [`GET_FUNCTION`] reads it.
///
/// Fields keep their names. `None` where the type is no hstore.
#[must_use]
pub fn dictionary_type(hstore: &DataType) -> Option<DataType> {
    let DataType::Map(entries, is_sorted) = hstore else {
        return None;
    };
    let DataType::Struct(fields) = entries.data_type() else {
        return None;
    };
    if !is_hstore_type(hstore) {
        return None;
    }
    let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let field = |field: &FieldRef| field.as_ref().clone().with_data_type(text.clone());
    let fields = DataType::Struct(fields.iter().map(field).collect());
    let entries = entries.as_ref().clone().with_data_type(fields);
    Some(DataType::Map(Arc::new(entries), *is_sorted))
}

/// Tells whether a type is one that [`dictionary_type`] returns.
#[must_use]
pub fn is_dictionary_type(data_type: &DataType) -> bool {
    let DataType::Map(entries, _) = data_type else {
        return false;
    };
    let DataType::Struct(fields) = entries.data_type() else {
        return false;
    };
    let is_dictionary = |field: &FieldRef| match field.data_type() {
        DataType::Dictionary(key, value) => {
            (key.as_ref(), value.as_ref()) == (&DataType::Int32, &DataType::Utf8)
        }
        _ => false,
    };
    fields.len() == 2 && fields.iter().all(is_dictionary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_with_dictionaries_is_told_from_hstore() {
        let dictionaries = dictionary_type(&data_type()).unwrap();
        assert!(is_dictionary_type(&dictionaries));
        assert!(!is_hstore_type(&dictionaries));
        assert!(!is_dictionary_type(&data_type()));
        assert_eq!(dictionary_type(&dictionaries), None);
        assert_eq!(dictionary_type(&DataType::Utf8), None);
    }

    #[test]
    fn maps_of_text_are_hstore_whatever_their_fields_are_called() {
        let entries = Field::new_struct(
            "entries",
            vec![
                Field::new("keys", DataType::Utf8, false),
                Field::new("values", DataType::Utf8, true),
            ],
            false,
        );
        assert!(is_hstore_type(&DataType::Map(Arc::new(entries), true)));
        assert!(is_hstore(&field("tags", true)));
    }

    #[test]
    fn other_types_are_not_hstore() {
        let entries = Field::new_struct(
            "entries",
            vec![
                Field::new("keys", DataType::Utf8, false),
                Field::new("values", DataType::Int64, true),
            ],
            false,
        );
        assert!(!is_hstore_type(&DataType::Map(Arc::new(entries), false)));
        assert!(!is_hstore_type(&DataType::Utf8));
    }
}
