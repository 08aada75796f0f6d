//! `statement_timestamp()`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "statement_timestamp",
    syntax: "statement_timestamp() → timestamp",
    summary: "Returns when the statement began, in UTC.",
    examples: &[Example { sql: "SELECT statement_timestamp() = now()", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("statement_timestamp", Shows::Timestamp)),
};
