//! `json ->> text`.

use super::{Output, find_member};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_member_text",
    syntax: "",
    summary: "Returns the value of a key of an object as text.",
    examples: &[
        Example { sql: "SELECT JSON '{\"a\": \"x\", \"b\": 2}' ->> 'a'", prints: "x" },
        Example { sql: "SELECT JSON '[1]' ->> 'a'", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json, Parameter::Text],
        Parameter::Text,
        member_text,
    )]),
};

fn member_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    find_member(arguments, Output::Text)
}
