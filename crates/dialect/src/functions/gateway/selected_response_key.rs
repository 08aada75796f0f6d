//! `selected_response_key(keys, selection_value)`.

use super::CompiledKeys;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "selected_response_key",
    syntax: "selected_response_key(text[], text) → text",
    summary: "Returns the key that a status code or error message selects: the first one whose expression matches all of it, or else $default; NULL where there is neither.",
    examples: &[
        Example {
            sql: "SELECT selected_response_key(ARRAY['$default', '/2\\d\\d/', '/4\\d\\d/'], '404')",
            prints: "/4\\d\\d/",
        },
        Example {
            sql: "SELECT selected_response_key(ARRAY['$default', '/2\\d\\d/'], '503')",
            prints: "$default",
        },
        Example { sql: "SELECT selected_response_key(ARRAY['/2\\d\\d/'], '503')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::TextArray, Parameter::Text],
        Parameter::Text,
        selected_response_key,
    )]),
};

fn selected_response_key(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lists, values) = (arguments.text_lists(0)?, arguments.text(1)?);
    let mut known = CompiledKeys::default();
    rows::texts(arguments.rows(), |row| {
        let list = lists.index(row);
        let Some(value) = values.get(row).filter(|_| !lists.array.is_null(list)) else {
            return Ok(None);
        };
        let keys: Vec<&str> = lists.array.items(list).flatten().collect();
        let matching = keys.iter().find(|key| known.matches(key, value) == Some(true));
        let selected = matching.or_else(|| keys.iter().find(|key| **key == "$default"));
        Ok(selected.map(|key| (*key).to_owned()))
    })
}
