//! `bit_xor`: the bits that an odd number have.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "bit_xor",
    syntax: "bit_xor(bigint) → bigint",
    summary: "Returns the bits that an odd number of values have; NULL is left out.",
    examples: &[Example { sql: "SELECT bit_xor(x) FROM (VALUES (6), (3)) t(x)", prints: "5" }],
    implementation: Implementation::Aggregate(
        datafusion::functions_aggregate::bit_and_or_xor::bit_xor_udaf,
    ),
};
