//! `hstore_to_json(hstore)`.

use super::view;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::{json, write_json_string};
use datafusion::arrow::array::{ArrayRef, StringBuilder};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "hstore_to_json",
    syntax: "hstore_to_json(hstore) → json",
    summary: "Returns an object of texts; the same as a cast.",
    examples: &[
        Example {
            sql: "SELECT hstore_to_json('\"a key\"=>1, b=>t, c=>NULL')",
            prints: "{\"b\": \"t\", \"c\": null, \"a key\": \"1\"}",
        },
        Example { sql: "SELECT (hstore 'a=>1')::json", prints: "{\"a\": \"1\"}" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Hstore],
        Parameter::Json,
        hstore_to_json,
    )]),
};

fn hstore_to_json(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    objects(arguments, write_json_string)
}

/// Writes an object a row, its values by a rule.
pub(super) fn objects(
    arguments: &Arguments<'_>,
    write_value: fn(&str, &mut String),
) -> Result<ArrayRef> {
    let hstores = arguments.hstore(0)?;
    let view = view(&hstores.array)?;
    let mut builder = StringBuilder::new();
    let mut object = String::new();
    for row in 0..arguments.rows() {
        let hstore = hstores.index(row);
        if view.is_null(hstore) {
            builder.append_null();
            continue;
        }
        object.clear();
        object.push('{');
        for (index, (key, value)) in view.entries(hstore).enumerate() {
            if index > 0 {
                object.push_str(", ");
            }
            write_json_string(key, &mut object);
            object.push_str(": ");
            match value {
                Some(value) => write_value(value, &mut object),
                None => object.push_str("null"),
            }
        }
        object.push('}');
        builder.append_value(&object);
    }
    Ok(json::of_texts(builder.finish()))
}
