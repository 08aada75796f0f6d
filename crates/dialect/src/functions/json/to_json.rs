//! `to_json(any)`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::JsonDatum;
use census_types::json;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::{Array, StringBuilder};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "to_json",
    syntax: "to_json(any) → json",
    summary: "Writes a value as JSON: numbers and booleans as they are, arrays as arrays, hstores as objects, others as strings.",
    examples: &[
        Example {
            sql: "SELECT to_json(TIMESTAMP '2024-01-02 03:04:05')",
            prints: "\"2024-01-02T03:04:05\"",
        },
        Example { sql: "SELECT to_json(ARRAY['a \"b\"', NULL])", prints: "[\"a \\\"b\\\"\",null]" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Any],
        Parameter::Json,
        to_json,
    )]),
};

/// Writes each value; NULL stays NULL.
pub(super) fn to_json(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let values = arguments.any(0)?.array;
    let datum = JsonDatum::new(arguments.field(0), values.as_ref()).map_err(external)?;
    let mut builder = StringBuilder::new();
    let mut text = String::new();
    for row in 0..values.len() {
        text.clear();
        if datum.is_null(row) {
            builder.append_null();
        } else {
            datum.write(row, &mut text);
            builder.append_value(&text);
        }
    }
    Ok(json::of_texts(builder.finish()))
}
