//! `array_to_string(array, text)`.

use crate::array_types;
use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_types::TextFormatter;
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_to_string",
    syntax: "array_to_string(anyarray, text) → text\narray_to_string(anyarray, text, text) → text",
    summary: "Strings the items of an array together with a text between them; NULL is left out, or written as the third argument.",
    examples: &[
        Example {
            sql: "SELECT array_to_string(ARRAY[1, 2, 3, NULL, 5], ',', '*')",
            prints: "1,2,3,*,5",
        },
        Example { sql: "SELECT array_to_string(ARRAY['a', NULL, 'b'], '~')", prints: "a~b" },
        Example { sql: "SELECT array_to_string(ARRAY[]::text[], ',') || '|'", prints: "|" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::AnyArray, Parameter::Text], Parameter::Text, array_to_string),
        Overload::lenient(
            &[Parameter::AnyArray, Parameter::Text, Parameter::Text],
            Parameter::Text,
            array_to_string,
        ),
    ]),
};

fn array_to_string(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lists, separators) = (arguments.lists(0)?, arguments.text(1)?);
    let nulls = if arguments.count() > 2 { Some(arguments.text(2)?) } else { None };
    let items = &lists.array.items;
    let field = array_types::field("", items.data_type().clone());
    let formatter = TextFormatter::new(&field, items.as_ref()).map_err(external)?;
    rows::texts(arguments.rows(), |row| {
        let (Some(list), Some(separator)) = (lists.row(row), separators.get(row)) else {
            return Ok(None);
        };
        let null = nulls.as_ref().and_then(|nulls| nulls.get(row));
        let mut text = String::new();
        let mut is_first = true;
        for item in lists.array.range(list) {
            if items.is_null(item) && null.is_none() {
                continue;
            }
            if !is_first {
                text.push_str(separator);
            }
            is_first = false;
            if !formatter.write(item, &mut text) {
                text.push_str(null.unwrap_or_default());
            }
            if text.len() > rows::MAXIMUM_LENGTH {
                return Err(rows::too_long());
            }
        }
        Ok(Some(text))
    })
}
