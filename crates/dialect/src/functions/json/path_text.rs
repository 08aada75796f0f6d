//! `json #>> text[]`.

use super::{Output, find_path};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_path_text",
    syntax: "",
    summary: "Returns what a path of keys and places leads to as text.",
    examples: &[
        Example { sql: "SELECT JSON '{\"a\": [1, \"x\"]}' #>> '{a,1}'", prints: "x" },
        Example { sql: "SELECT JSON '{}' #>> ARRAY['a']", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json, Parameter::TextArray],
        Parameter::Text,
        path_text,
    )]),
};

fn path_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    find_path(arguments, Output::Text)
}
