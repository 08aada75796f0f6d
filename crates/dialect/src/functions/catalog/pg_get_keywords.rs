//! `pg_get_keywords()`: the words that name nothing unless they are quoted.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_keywords",
    syntax: "pg_get_keywords() → setof (word text, catcode text, catdesc text)",
    summary: "Returns a row for every word that is quoted where it is a name, in FROM.",
    examples: &[
        Example {
            sql: "SELECT catdesc FROM pg_get_keywords() WHERE word = 'select'",
            prints: "reserved",
        },
        Example {
            sql: "SELECT count(*) FROM pg_get_keywords() WHERE word = 'region'",
            prints: "0",
        },
    ],
    implementation: Implementation::Rows(&[
        RowsColumn { name: Some("word"), list: "__keywords" },
        RowsColumn { name: Some("catcode"), list: "__keyword_codes" },
        RowsColumn { name: Some("catdesc"), list: "__keyword_kinds" },
    ]),
};
