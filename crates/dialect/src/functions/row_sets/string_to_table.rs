//! `string_to_table(text, text)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "string_to_table",
    syntax: "string_to_table(text, text) → setof text\nstring_to_table(text, text, text) → setof text",
    summary: "Returns a row for every part of a text, cut as by string_to_array.",
    examples: &[
        Example {
            sql: "SELECT count(*) FROM string_to_table('xx~^~yy~^~zz', '~^~', 'yy')",
            prints: "3",
        },
        Example { sql: "SELECT string_to_table('a', ',')", prints: "a" },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "string_to_array" }]),
};
