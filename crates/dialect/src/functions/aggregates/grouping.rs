//! `grouping`: which of the grouped columns a row of GROUPING SETS leaves out.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "grouping",
    syntax: "grouping(any, …) → bigint",
    summary: "Returns a bit for each argument, the last the lowest: 1 where the row is not grouped by it.",
    examples: &[Example {
        sql: "SELECT grouping(x) FROM (VALUES (1)) t(x) GROUP BY ROLLUP (x) ORDER BY 1 DESC LIMIT 1",
        prints: "1",
    }],
    implementation: Implementation::Aggregate(
        datafusion::functions_aggregate::grouping::grouping_udaf,
    ),
};
