//! `json_each(json)` in FROM: its values, as a list.

use super::{Output, list_values};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_each_values",
    syntax: "",
    summary: "Lists the values of an object.",
    examples: &[Example { sql: "SELECT JSON '{\"a\": 1}' -> 'a'", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::JsonArray,
        each_values,
    )]),
};

fn each_values(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    list_values(arguments, Output::Json)
}
