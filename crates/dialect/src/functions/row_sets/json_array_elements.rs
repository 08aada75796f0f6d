//! `json_array_elements(json)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_array_elements",
    syntax: "json_array_elements(json) → setof json",
    summary: "Returns a row for every element of a JSON array.",
    examples: &[
        Example {
            sql: "SELECT value FROM json_array_elements('[{\"a\":  1}]')",
            prints: "{\"a\":  1}",
        },
        Example { sql: "SELECT count(*) FROM json_array_elements('[]')", prints: "0" },
    ],
    implementation: Implementation::Rows(&[RowsColumn {
        name: Some("value"),
        list: "__json_elements",
    }]),
};
