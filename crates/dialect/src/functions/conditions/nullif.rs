//! `nullif`: NULL for a value that stands for none.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::resolution::Conditional;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "nullif",
    syntax: "nullif(any, any) → the same",
    summary: "Returns NULL where both arguments are equal, and the first where they are not.",
    examples: &[Example { sql: "SELECT nullif('-', '-')", prints: "NULL" }],
    implementation: Implementation::Scalar(|| Conditional::NullIf.udf()),
};
