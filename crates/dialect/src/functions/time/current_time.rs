//! `current_time`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "current_time",
    syntax: "current_time → time",
    summary: "Returns the time of day in UTC at which the statement began.",
    examples: &[Example { sql: "SELECT current_time = now()::time", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("current_time", Shows::Time)),
};
