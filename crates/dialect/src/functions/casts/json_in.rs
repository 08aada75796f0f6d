//! `text::json`.

use crate::functions::argument::{Arguments, external};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use serde::de::IgnoredAny;
use std::sync::Arc;

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
    let texts = arguments.text(0)?.array;
    for text in texts.iter().flatten() {
        serde_json::from_str::<IgnoredAny>(text).map_err(|fault| external(no_json(&fault)))?;
    }
    Ok(Arc::new(texts))
}

fn no_json(fault: &serde_json::Error) -> Error {
    Error::new(SqlState::InvalidTextRepresentation, "invalid input syntax for type json")
        .with_detail(fault.to_string())
}
