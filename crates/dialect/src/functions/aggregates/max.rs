//! `max`: the greatest.

use super::intervals::{Makes, WithIntervals};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::functions_aggregate::min_max::max_udaf;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "max",
    syntax: "max(bigint | double precision | text | timestamp | interval | inet) → the same",
    summary: "Returns the greatest value that is not NULL; NULL where nothing is.",
    examples: &[Example { sql: "SELECT max(x) FROM (VALUES (1), (NULL), (3)) t(x)", prints: "3" }],
    implementation: Implementation::Aggregate(|| WithIntervals::udaf(max_udaf(), Makes::Greatest)),
};
