//! `bool_or`: whether one is true.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "bool_or",
    syntax: "bool_or(boolean) → boolean",
    summary: "Tells whether a value is true; NULL where all are NULL.",
    examples: &[Example {
        sql: "SELECT bool_or(x > 0) FROM (VALUES (1), (NULL), (0)) t(x)",
        prints: "t",
    }],
    implementation: Implementation::Aggregate(
        datafusion::functions_aggregate::bool_and_or::bool_or_udaf,
    ),
};
