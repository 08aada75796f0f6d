//! `value::text`.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::TextFormatter;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, StringBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__text_out",
    syntax: "",
    summary: "Writes any value as PostgreSQL prints it.",
    examples: &[
        Example { sql: "SELECT (hstore 'b=>2, a=>1')::text", prints: "\"a\"=>\"1\", \"b\"=>\"2\"" },
        Example { sql: "SELECT true::text", prints: "true" },
        Example { sql: "SELECT 1.0::text", prints: "1" },
        Example { sql: "SELECT (inet '10.0.0.1')::text", prints: "10.0.0.1/32" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Any],
        Parameter::Text,
        text_out,
    )]),
};

fn text_out(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let value = arguments.any(0)?;
    let rows = arguments.rows();
    let mut builder = StringBuilder::with_capacity(rows, rows * 16);
    // A boolean prints as t or f but casts to true or false.
    if let Some(booleans) = value.array.as_boolean_opt() {
        for row in 0..rows {
            let index = value.index(row);
            builder.append_option(
                booleans
                    .is_valid(index)
                    .then(|| if booleans.value(index) { "true" } else { "false" }),
            );
        }
        return Ok(Arc::new(builder.finish()));
    }
    // An inet casts to text with its prefix, also where that is not printed.
    if let Some(inets) = value.array.as_fixed_size_binary_opt() {
        for row in 0..rows {
            let inet = census_types::inet::value(inets, value.index(row));
            builder.append_option(inet.map(census_types::inet::Inet::with_mask));
        }
        return Ok(Arc::new(builder.finish()));
    }
    let formatter =
        TextFormatter::new(arguments.field(0), value.array.as_ref()).map_err(external)?;
    let mut text = String::new();
    for row in 0..rows {
        text.clear();
        if formatter.write(value.index(row), &mut text) {
            builder.append_value(&text);
        } else {
            builder.append_null();
        }
    }
    Ok(Arc::new(builder.finish()))
}
