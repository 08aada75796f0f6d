//! `json_each(json)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_each",
    syntax: "json_each(json) → setof (key text, value json)",
    summary: "Returns a row for every member of a JSON object, in FROM.",
    examples: &[
        Example {
            sql: "SELECT value FROM json_each('{\"a\": 1, \"b\": \"x\"}') WHERE key = 'b'",
            prints: "\"x\"",
        },
        Example { sql: "SELECT count(*) FROM json_each('{}')", prints: "0" },
    ],
    implementation: Implementation::Rows(&[
        RowsColumn { name: Some("key"), list: "__json_each_keys" },
        RowsColumn { name: Some("value"), list: "__json_each_values" },
    ]),
};
