//! `json_typeof(json)`.

use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::JsonFault;
use census_types::json::JsonValue;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::StringArray;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_typeof",
    syntax: "json_typeof(json) → text",
    summary: "Tells what a value is: object, array, string, number, boolean or null.",
    examples: &[
        Example { sql: "SELECT json_typeof('-123.4')", prints: "number" },
        Example { sql: "SELECT json_typeof('null')", prints: "null" },
        Example { sql: "SELECT json_typeof(NULL)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::Text,
        json_typeof,
    )]),
};

fn json_typeof(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let documents = arguments.json(0)?.array;
    let names = documents.iter().map(|text| {
        text.map(|text| JsonValue::new(text).map(|value| value.kind().name())).transpose()
    });
    Ok(Arc::new(names.collect::<Result<StringArray, JsonFault>>().map_err(external)?))
}
