//! `localtimestamp`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "localtimestamp",
    syntax: "localtimestamp → timestamp",
    summary: "Returns when the statement began, in UTC.",
    examples: &[Example { sql: "SELECT localtimestamp = now()", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("localtimestamp", Shows::Timestamp)),
};
