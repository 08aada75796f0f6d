//! inet: an IPv4 or IPv6 address with an optional prefix, kept as its canonical text.

use std::collections::HashMap;

use datafusion::arrow::datatypes::{DataType, Field};

/// The name of the Arrow extension type.
pub const EXTENSION_NAME: &str = "census.inet";

/// Makes a field of type inet: `Utf8` that carries the extension name.
#[must_use]
pub fn field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, DataType::Utf8, nullable).with_metadata(HashMap::from([(
        crate::EXTENSION_KEY.to_owned(),
        EXTENSION_NAME.to_owned(),
    )]))
}

/// Tells whether a field carries the extension name; the type alone cannot tell inet from text.
#[must_use]
pub fn is_inet(field: &Field) -> bool {
    field.extension_type_name() == Some(EXTENSION_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_extension_name_makes_inet_of_text() {
        assert!(is_inet(&field("address", true)));
        assert!(!is_inet(&Field::new("address", DataType::Utf8, true)));
    }
}
