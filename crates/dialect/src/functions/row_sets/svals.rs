//! `svals(hstore)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "svals",
    syntax: "svals(hstore) → setof text",
    summary: "Returns a row for every value, in the order of the keys.",
    examples: &[
        Example { sql: "SELECT svals('a=>1')", prints: "1" },
        Example { sql: "SELECT count(*) FROM svals('b=>1, a=>NULL')", prints: "2" },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "avals" }]),
};
