//! `json_each(json)` in FROM: its keys, as a list.

use super::{Output, expect_object, list};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json::unescape;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_each_keys",
    syntax: "",
    summary: "Lists the keys of an object.",
    examples: &[Example { sql: "SELECT JSON '{\"a\": 1}' -> 'a'", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::TextArray,
        each_keys,
    )]),
};

fn each_keys(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    list(arguments, Output::Text, |document, items| {
        expect_object(document)?;
        for child in document.children() {
            items.append_value(unescape(child?.0)?);
        }
        Ok(())
    })
}
