//! `json_extract_path_text(json, …)`.

use super::{Output, find_arguments};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_extract_path_text",
    syntax: "json_extract_path_text(json, VARIADIC text[]) → text",
    summary: "Returns what a path of keys and places leads to as text.",
    examples: &[
        Example {
            sql: "SELECT json_extract_path_text('{\"a\": {\"b\": [1, \"x\"]}}', 'a', 'b', '1')",
            prints: "x",
        },
        Example { sql: "SELECT json_extract_path_text('{}', 'a')", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json, Parameter::Text],
        Parameter::Text,
        json_extract_path_text,
    )
    .followed_by(Parameter::Text)]),
};

fn json_extract_path_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    find_arguments(arguments, Output::Text)
}
