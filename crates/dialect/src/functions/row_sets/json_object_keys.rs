//! `json_object_keys(json)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_object_keys",
    syntax: "json_object_keys(json) → setof text",
    summary: "Returns a row for every key of a JSON object.",
    examples: &[
        Example { sql: "SELECT json_object_keys('{\"a\": 1}')", prints: "a" },
        Example {
            sql: "SELECT string_agg(k, ',') FROM json_object_keys('{\"b\": 1, \"a\": 2}') AS k",
            prints: "b,a",
        },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "__json_object_keys" }]),
};
