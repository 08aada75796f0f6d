//! `clock_timestamp()`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "clock_timestamp",
    syntax: "clock_timestamp() → timestamp",
    summary: "Returns when the statement began, in UTC, as now() does.",
    examples: &[Example { sql: "SELECT clock_timestamp() = now()", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("clock_timestamp", Shows::Timestamp)),
};
