//! `matches_response_key(key, selection_value)`.

use super::CompiledKeys;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::IntegrationResponses,
    name: "matches_response_key",
    syntax: "matches_response_key(text, text) → boolean",
    summary: "Tells whether the expression of a response key matches the whole of a value, as Java matches; $default matches nothing by itself, and what cannot be matched is NULL.",
    examples: &[
        Example { sql: "SELECT matches_response_key('/4\\d\\d/', '404')", prints: "t" },
        Example {
            sql: "SELECT matches_response_key('/404/', 'Error 404: no such room')",
            prints: "f",
        },
        Example { sql: "SELECT matches_response_key('$default', '404')", prints: "f" },
        Example { sql: "SELECT matches_response_key('/(/', '404')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text, Parameter::Text],
        Parameter::Boolean,
        matches_response_key,
    )]),
};

fn matches_response_key(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (keys, values) = (arguments.text(0)?, arguments.text(1)?);
    let mut known = CompiledKeys::default();
    rows::booleans(arguments.rows(), |row| {
        let (Some(key), Some(value)) = (keys.get(row), values.get(row)) else { return Ok(None) };
        Ok(known.matches(key, value))
    })
}
