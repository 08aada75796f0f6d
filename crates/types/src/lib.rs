//! The value types of Census: their Arrow form, their names in PostgreSQL, and how a value is printed.
//!
//! Everything here is pure: no session, no catalog, no I/O. Functions and operators over these
//! types belong to the dialect; binary wire forms belong to the wire.

pub mod array_text;
mod calendar;
mod catalog_type;
mod column;
mod error;
mod float;
pub mod hstore;
pub mod inet;
mod interval;
pub mod json;
mod json_datum;
mod json_output;
mod nested;
mod number;
mod sql_type;
mod stored;
mod text;
pub mod time;
pub mod timestamp;
mod type_routine;

pub use error::{
    ArrayFault, ArraySyntaxError, HstoreFault, HstoreSyntaxError, InetFault, JsonFault, TypeError,
};
pub use json_datum::JsonDatum;
pub use json_output::{JsonFormatter, JsonRowWriter, write_json_string};
pub use sql_type::SqlType;
pub use stored::{stored_array, stored_field};
pub use text::{TextFormatter, format_value};
pub use type_routine::{TYPE_ROUTINES, TypeRoutine};

/// The key under which Arrow keeps the name of an extension type in a field's metadata.
pub const EXTENSION_KEY: &str = "ARROW:extension:name";
