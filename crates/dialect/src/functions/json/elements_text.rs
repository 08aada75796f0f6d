//! `json_array_elements_text(json)` in FROM, as a list.

use super::{Output, list_elements};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_elements_text",
    syntax: "",
    summary: "Lists the elements of an array as texts.",
    examples: &[Example { sql: "SELECT JSON '[1, 2]' -> 0", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::TextArray,
        elements_text,
    )]),
};

fn elements_text(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    list_elements(arguments, Output::Text, "json_array_elements_text")
}
