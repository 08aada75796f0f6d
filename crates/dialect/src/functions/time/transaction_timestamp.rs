//! `transaction_timestamp()`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "transaction_timestamp",
    syntax: "transaction_timestamp() → timestamp",
    summary: "Returns when the statement began, in UTC.",
    examples: &[Example { sql: "SELECT transaction_timestamp() = now()", prints: "t" }],
    implementation: Implementation::Scalar(|| {
        Clock::udf("transaction_timestamp", Shows::Timestamp)
    }),
};
