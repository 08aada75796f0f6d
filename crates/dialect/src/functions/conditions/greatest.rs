//! `greatest`: the greatest of several values.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::resolution::Conditional;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "greatest",
    syntax: "greatest(any, …) → the same",
    summary: "Returns the greatest argument; NULL is left out.",
    examples: &[Example { sql: "SELECT greatest(1, NULL, 3)", prints: "3" }],
    implementation: Implementation::Scalar(|| Conditional::Greatest.udf()),
};
