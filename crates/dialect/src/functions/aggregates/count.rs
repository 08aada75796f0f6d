//! `count`: how many rows.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "count",
    syntax: "count(*) → bigint\ncount([ALL | DISTINCT] any) → bigint",
    summary: "Counts the rows, or those whose argument is not NULL.",
    examples: &[
        Example { sql: "SELECT count(*) FROM (VALUES (1), (NULL)) t(x)", prints: "2" },
        Example {
            sql: "SELECT count(DISTINCT x) FROM (VALUES (1), (1), (NULL)) t(x)",
            prints: "1",
        },
    ],
    implementation: Implementation::Aggregate(datafusion::functions_aggregate::count::count_udaf),
};
