//! `json_extract_path(json, …)`.

use super::{Output, find_arguments};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_extract_path",
    syntax: "json_extract_path(json, VARIADIC text[]) → json",
    summary: "Returns what a path of keys and places leads to.",
    examples: &[
        Example {
            sql: "SELECT json_extract_path('{\"a\": {\"b\": [1, \"x\"]}}', 'a', 'b', '1')",
            prints: "\"x\"",
        },
        Example { sql: "SELECT json_extract_path('{}', 'a')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json, Parameter::Text],
        Parameter::Json,
        json_extract_path,
    )
    .followed_by(Parameter::Text)]),
};

fn json_extract_path(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    find_arguments(arguments, Output::Json)
}
