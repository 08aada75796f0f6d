//! `least`: the least of several values.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::resolution::Conditional;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "least",
    syntax: "least(any, …) → the same",
    summary: "Returns the least argument; NULL is left out.",
    examples: &[Example { sql: "SELECT least(1, NULL, 3)", prints: "1" }],
    implementation: Implementation::Scalar(|| Conditional::Least.udf()),
};
