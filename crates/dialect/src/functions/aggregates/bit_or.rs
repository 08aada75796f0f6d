//! `bit_or`: the bits that one has.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "bit_or",
    syntax: "bit_or(bigint) → bigint",
    summary: "Returns the bits that any value has; NULL is left out.",
    examples: &[Example { sql: "SELECT bit_or(x) FROM (VALUES (6), (3)) t(x)", prints: "7" }],
    implementation: Implementation::Aggregate(
        datafusion::functions_aggregate::bit_and_or_xor::bit_or_udaf,
    ),
};
