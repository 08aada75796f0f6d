//! `now()`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "now",
    syntax: "now() → timestamp",
    summary: "Returns when the statement began, in UTC.",
    examples: &[Example { sql: "SELECT now() = now()", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("now", Shows::Timestamp)),
};
