//! `min`: the least.

use super::intervals::{Makes, WithIntervals};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::functions_aggregate::min_max::min_udaf;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "min",
    syntax: "min(bigint | double precision | text | timestamp | interval | inet) → the same",
    summary: "Returns the least value that is not NULL; NULL where nothing is.",
    examples: &[Example {
        sql: "SELECT min(x) FROM (VALUES ('b'), (NULL), ('a')) t(x)",
        prints: "a",
    }],
    implementation: Implementation::Aggregate(|| WithIntervals::udaf(min_udaf(), Makes::Least)),
};
