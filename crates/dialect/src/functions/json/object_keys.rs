//! `json_object_keys(json)` in FROM, as a list.

use super::{Output, list, misuse};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json::{JsonKind, unescape};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_object_keys",
    syntax: "",
    summary: "Lists the keys of an object.",
    examples: &[Example { sql: "SELECT JSON '{\"a\": 1}' -> 'a'", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::TextArray,
        object_keys,
    )]),
};

fn object_keys(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    list(arguments, Output::Text, |document, items| {
        match document.kind() {
            JsonKind::Object => {}
            JsonKind::Array => return Err(misuse("cannot call json_object_keys on an array")),
            _ => return Err(misuse("cannot call json_object_keys on a scalar")),
        }
        for child in document.children() {
            items.append_value(unescape(child?.0)?);
        }
        Ok(())
    })
}
