//! json: text that is kept as given, as PostgreSQL's `json` (not `jsonb`) keeps it.

use std::collections::HashMap;

use datafusion::arrow::datatypes::{DataType, Field};

/// The name of the Arrow extension type; it is one of Arrow's canonical extensions.
pub const EXTENSION_NAME: &str = "arrow.json";

/// Makes a field of type json: `Utf8` that carries the extension name.
#[must_use]
pub fn field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, DataType::Utf8, nullable).with_metadata(HashMap::from([(
        crate::EXTENSION_KEY.to_owned(),
        EXTENSION_NAME.to_owned(),
    )]))
}

/// Tells whether a field carries the extension name; the type alone cannot tell json from text.
#[must_use]
pub fn is_json(field: &Field) -> bool {
    field.extension_type_name() == Some(EXTENSION_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_extension_name_makes_json_of_text() {
        assert!(is_json(&field("cors_configuration", true)));
        assert!(!is_json(&Field::new("name", DataType::Utf8, true)));
    }
}
