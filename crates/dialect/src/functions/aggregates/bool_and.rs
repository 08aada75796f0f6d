//! `bool_and`: whether all are true.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "bool_and",
    syntax: "bool_and(boolean) → boolean",
    summary: "Tells whether all values that are not NULL are true; NULL where none is there.",
    examples: &[Example {
        sql: "SELECT bool_and(x > 0) FROM (VALUES (1), (NULL), (0)) t(x)",
        prints: "f",
    }],
    implementation: Implementation::Aggregate(
        datafusion::functions_aggregate::bool_and_or::bool_and_udaf,
    ),
};
