//! `json_array_elements_text(json)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_array_elements_text",
    syntax: "json_array_elements_text(json) → setof text",
    summary: "Returns a row for every element of a JSON array, as text; a null is NULL.",
    examples: &[
        Example { sql: "SELECT value FROM json_array_elements_text('[\"x\"]')", prints: "x" },
        Example { sql: "SELECT value FROM json_array_elements_text('[null]')", prints: "NULL" },
    ],
    implementation: Implementation::Rows(&[RowsColumn {
        name: Some("value"),
        list: "__json_elements_text",
    }]),
};
