//! `generate_series(start, stop, step)`.

use crate::functions::record::{Example, FunctionRecord, Implementation, RowsColumn, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "generate_series",
    syntax: "generate_series(bigint, bigint) → setof bigint\ngenerate_series(bigint, bigint, bigint) → setof bigint\ngenerate_series(timestamp, timestamp, interval) → setof timestamp",
    summary: "Returns a row for every step from one value to another.",
    examples: &[
        Example { sql: "SELECT sum(n) FROM generate_series(1, 4) AS n", prints: "10" },
        Example { sql: "SELECT max(n) FROM generate_series(10, 1, -4) AS n", prints: "10" },
        Example {
            sql: "SELECT count(*) FROM generate_series(timestamp '2025-01-01', timestamp '2025-01-02', interval '6 hours')",
            prints: "5",
        },
    ],
    implementation: Implementation::Rows(&[RowsColumn { name: None, list: "__series" }]),
};
