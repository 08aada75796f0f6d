//! `regexp_split_to_table(…)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_split_to_table",
    syntax: "regexp_split_to_table(text, pattern text) → setof text\nregexp_split_to_table(text, pattern text, flags text) → setof text",
    summary: "Returns a row for every part between matches.",
    examples: &[
        Example {
            sql: "SELECT string_agg(p, '|') FROM regexp_split_to_table('a1b22c', '\\d+') AS p",
            prints: "a|b|c",
        },
        Example {
            sql: "SELECT count(*) FROM regexp_split_to_table('aXbxc', 'x', 'i')",
            prints: "3",
        },
    ],
    implementation: Implementation::Rows(&[RowsColumn {
        name: None,
        list: "regexp_split_to_array",
    }]),
};
