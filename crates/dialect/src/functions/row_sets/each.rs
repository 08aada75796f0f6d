//! `each(hstore)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "each",
    syntax: "each(hstore) → setof (key text, value text)",
    summary: "Returns a row for every pair, in FROM.",
    examples: &[
        Example { sql: "SELECT key FROM each('a=>1')", prints: "a" },
        Example { sql: "SELECT value FROM each('a=>NULL')", prints: "NULL" },
    ],
    implementation: Implementation::Rows(&[
        RowsColumn { name: Some("key"), list: "akeys" },
        RowsColumn { name: Some("value"), list: "avals" },
    ]),
};
