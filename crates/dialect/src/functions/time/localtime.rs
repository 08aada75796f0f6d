//! `localtime`.

use super::clock::{Clock, Shows};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "localtime",
    syntax: "localtime → time",
    summary: "Returns the time of day in UTC at which the statement began.",
    examples: &[Example { sql: "SELECT localtime = now()::time", prints: "t" }],
    implementation: Implementation::Scalar(|| Clock::udf("localtime", Shows::Time)),
};
