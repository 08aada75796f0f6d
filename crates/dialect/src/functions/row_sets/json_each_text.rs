//! `json_each_text(json)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_each_text",
    syntax: "json_each_text(json) → setof (key text, value text)",
    summary: "Returns a row for every member of a JSON object, in FROM, with values as text.",
    examples: &[
        Example {
            sql: "SELECT value FROM json_each_text('{\"a\": 1, \"b\": \"x\"}') WHERE key = 'b'",
            prints: "x",
        },
        Example { sql: "SELECT value FROM json_each_text('{\"a\": null}')", prints: "NULL" },
    ],
    implementation: Implementation::Rows(&[
        RowsColumn { name: Some("key"), list: "__json_each_keys" },
        RowsColumn { name: Some("value"), list: "__json_each_values_text" },
    ]),
};
