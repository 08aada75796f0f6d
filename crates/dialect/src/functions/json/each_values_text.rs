//! `json_each_text(json)` in FROM: its values, as a list.

use super::{Output, list_values};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_each_values_text",
    syntax: "",
    summary: "Lists the values of an object as texts.",
    examples: &[Example { sql: "SELECT JSON '{\"a\": 1}' -> 'a'", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::TextArray,
        each_values_text,
    )]),
};

fn each_values_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    list_values(arguments, Output::Text)
}
