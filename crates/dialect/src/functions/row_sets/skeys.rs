//! `skeys(hstore)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Hstore,
    name: "skeys",
    syntax: "skeys(hstore) → setof text",
    summary: "Returns a row for every key, in the order of the hstore.",
    examples: &[
        Example { sql: "SELECT skeys('a=>1')", prints: "a" },
        Example { sql: "SELECT string_agg(k, ',') FROM skeys('b=>1, a=>2') AS k", prints: "a,b" },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "akeys" }]),
};
