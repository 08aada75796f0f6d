//! `text::json`.

use crate::functions::argument::{Arguments, check_json};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__json_in",
    syntax: "",
    summary: "Checks that a text is JSON and keeps it as given.",
    examples: &[Example { sql: "SELECT JSON '{\"a\":  1}'", prints: "{\"a\":  1}" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Json,
        json_in,
    )]),
};

fn json_in(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(json::of_texts(check_json(arguments.text(0)?.array)?))
}
