//! `coalesce`: the first value that is there.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::resolution::Conditional;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "coalesce",
    syntax: "coalesce(any, …) → the same",
    summary: "Returns the first argument that is not NULL; those after it are not computed.",
    examples: &[Example { sql: "SELECT coalesce(NULL, 2, 3)", prints: "2" }],
    implementation: Implementation::Scalar(|| Conditional::Coalesce.udf()),
};
