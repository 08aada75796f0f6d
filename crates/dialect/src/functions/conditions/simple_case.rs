//! `CASE x WHEN … THEN … ELSE … END`.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use crate::resolution::Conditional;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "__simple_case",
    syntax: "",
    summary: "Gives the value that stands beside the first equal value.",
    examples: &[Example { sql: "SELECT CASE 2 WHEN 1 THEN 'a' ELSE 'b' END", prints: "b" }],
    implementation: Implementation::Scalar(|| Conditional::SimpleCase.udf()),
};
