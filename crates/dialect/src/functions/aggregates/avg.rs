//! `avg`: the mean.

use super::intervals::{Makes, WithIntervals};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::functions_aggregate::average::avg_udaf;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "avg",
    syntax: "avg(bigint) → double precision\navg(double precision) → double precision\navg(interval) → interval",
    summary: "Returns the mean of what is not NULL; NULL where nothing is.",
    examples: &[Example {
        sql: "SELECT avg(x) FROM (VALUES (1), (NULL), (2)) t(x)",
        prints: "1.5",
    }],
    implementation: Implementation::Aggregate(|| WithIntervals::udaf(avg_udaf(), Makes::Mean)),
};
