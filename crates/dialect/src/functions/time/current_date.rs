//! `current_date`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "current_date",
    syntax: "current_date → date",
    summary: "Returns the day in UTC on which the statement began.",
    examples: &[Example { sql: "SELECT current_date = now()::date", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("current_date", Shows::Date)),
};
