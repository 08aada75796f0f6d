//! `bit_and`: the bits that all have.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "bit_and",
    syntax: "bit_and(bigint) → bigint",
    summary: "Returns the bits that all values have; NULL is left out.",
    examples: &[Example { sql: "SELECT bit_and(x) FROM (VALUES (6), (3)) t(x)", prints: "2" }],
    implementation: Implementation::Aggregate(
        datafusion::functions_aggregate::bit_and_or_xor::bit_and_udaf,
    ),
};
