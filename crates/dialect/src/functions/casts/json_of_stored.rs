//! A json column of a dataset, which is stored as text.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__json_of_stored",
    syntax: "",
    summary: "Takes a stored text as the JSON that it was when it was stored.",
    examples: &[Example { sql: "SELECT JSON '{\"a\": 1}'", prints: "{\"a\": 1}" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Text],
        Parameter::Json,
        json_of_stored,
    )]),
};

fn json_of_stored(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    Ok(json::of_texts(arguments.text(0)?.array))
}
