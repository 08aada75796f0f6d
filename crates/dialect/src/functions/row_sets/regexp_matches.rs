//! `regexp_matches(…)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::RegularExpressions,
    name: "regexp_matches",
    syntax: "regexp_matches(text, pattern text) → setof text[]\nregexp_matches(text, pattern text, flags text) → setof text[]",
    summary: "Returns a row of groups, or of the whole match, for the first match; for all with the flag g.",
    examples: &[
        Example {
            sql: "SELECT count(*) FROM regexp_matches('foobar foobaz', 'foo(...)', 'g') AS m",
            prints: "2",
        },
        Example {
            sql: "SELECT m[1] FROM regexp_matches('foobar foobaz', 'foo(...)') AS m",
            prints: "bar",
        },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "__regexp_matches" }]),
};
