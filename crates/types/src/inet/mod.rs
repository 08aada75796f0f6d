//! inet: an IPv4 or IPv6 address with a prefix length.
//!
//! Within the engine a value is 34 bytes whose order is PostgreSQL's, so that its Arrow type alone tells it from text;
//! answered it is its text, `Utf8` that carries an extension name (`docs/adr/0002-types-are-types.md`).

mod address;
mod input;
mod output;

use std::collections::HashMap;

use datafusion::arrow::array::{Array, FixedSizeBinaryArray, FixedSizeBinaryBuilder};
use datafusion::arrow::datatypes::{DataType, Field};

pub use address::{Family, Inet};
pub use input::parse;

/// The name of the Arrow extension type.
pub const EXTENSION_NAME: &str = "census.inet";

/// How many bytes a value takes; no other type of Census has values of this size.
const WIDTH: i32 = 34;

/// Returns the Arrow type of inet within the engine: family, network, prefix length and address.
#[must_use]
pub fn data_type() -> DataType {
    DataType::FixedSizeBinary(WIDTH)
}

/// Makes a field of type inet within the engine.
#[must_use]
pub fn field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, data_type(), nullable)
}

/// Makes a field of type inet as it is answered: `Utf8` that carries the extension name.
#[must_use]
pub fn stored_field(name: impl Into<String>, nullable: bool) -> Field {
    Field::new(name, DataType::Utf8, nullable).with_metadata(HashMap::from([(
        crate::EXTENSION_KEY.to_owned(),
        EXTENSION_NAME.to_owned(),
    )]))
}

/// Tells whether an Arrow type is that of inet within the engine.
#[must_use]
pub fn is_inet_type(data_type: &DataType) -> bool {
    *data_type == DataType::FixedSizeBinary(WIDTH)
}

/// Tells whether a field is inet as it is answered.
#[must_use]
pub fn is_stored_inet(field: &Field) -> bool {
    field.extension_type_name() == Some(EXTENSION_NAME) && !is_inet_type(field.data_type())
}

/// Returns the value in a row; NULL has none.
#[must_use]
pub fn value(array: &FixedSizeBinaryArray, row: usize) -> Option<Inet> {
    if array.is_null(row) { None } else { Inet::from_bytes(array.value(row)) }
}

/// Makes a column of inet.
pub struct InetBuilder(FixedSizeBinaryBuilder);

impl InetBuilder {
    /// Makes room for a number of rows.
    #[must_use]
    pub fn with_capacity(rows: usize) -> Self {
        Self(FixedSizeBinaryBuilder::with_capacity(rows, WIDTH))
    }

    /// Appends a value or NULL.
    pub fn append(&mut self, value: Option<Inet>) {
        let Some(value) = value else { return self.0.append_null() };
        let appended = self.0.append_value(value.to_bytes());
        debug_assert!(appended.is_ok(), "the bytes of a value have the width of the column");
    }

    /// Returns the column.
    #[must_use]
    pub fn finish(mut self) -> FixedSizeBinaryArray {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_extension_name_makes_inet_of_stored_text() {
        assert!(is_stored_inet(&stored_field("address", true)));
        assert!(!is_stored_inet(&Field::new("address", DataType::Utf8, true)));
        assert!(!is_stored_inet(&field("address", true)));
    }

    #[test]
    fn the_bytes_of_values_are_in_their_order() {
        // As PostgreSQL 15 sorts them.
        let sorted = [
            "0.0.0.0/0",
            "9.0.0.0/8",
            "10.0.0.0/8",
            "10.0.0.1/8",
            "10.255.0.0/8",
            "10.0.0.0/16",
            "10.0.0.0",
            "10.0.0.1",
            "10.1.0.0/16",
            "255.255.255.255",
            "::/0",
            "::1",
            "2001:db8::/32",
            "2001:db8::1/64",
            "2001:db8::1",
        ];
        let bytes: Vec<_> = sorted.iter().map(|text| parse(text).unwrap().to_bytes()).collect();
        assert!(bytes.is_sorted());
        for text in sorted {
            let value = parse(text).unwrap();
            assert_eq!(Inet::from_bytes(&value.to_bytes()), Some(value));
            assert_eq!(value.to_string(), text);
        }
    }
}
