//! `CASE WHEN … THEN … ELSE … END`.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::resolution::Conditional;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "__case",
    syntax: "",
    summary: "Gives the value of the first condition that is true.",
    examples: &[Example {
        sql: "SELECT CASE WHEN 1 > 2 THEN 'a' WHEN 2 > 1 THEN 'b' END",
        prints: "b",
    }],
    implementation: Implementation::Scalar(|| Conditional::Case.udf()),
};
