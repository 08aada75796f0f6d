//! `avg`: the mean.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "avg",
    syntax: "avg(bigint) → double precision\navg(double precision) → double precision\navg(interval) → interval",
    summary: "Returns the mean of what is not NULL; NULL where nothing is.",
    examples: &[Example {
        sql: "SELECT avg(x) FROM (VALUES (1), (NULL), (2)) t(x)",
        prints: "1.5",
    }],
    implementation: Implementation::Aggregate(datafusion::functions_aggregate::average::avg_udaf),
};
