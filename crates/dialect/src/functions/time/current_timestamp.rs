//! `current_timestamp`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "current_timestamp",
    syntax: "current_timestamp → timestamp",
    summary: "Returns when the statement began, in UTC.",
    examples: &[Example { sql: "SELECT current_timestamp = now()", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("current_timestamp", Shows::Timestamp)),
};
