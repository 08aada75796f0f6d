//! `json_array_length(json)`.

use super::{count, misuse};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::json::JsonKind;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "json_array_length",
    syntax: "json_array_length(json) → bigint",
    summary: "Returns how many elements an array has.",
    examples: &[
        Example { sql: "SELECT json_array_length('[1, [2, 3], {}]')", prints: "3" },
        Example { sql: "SELECT json_array_length('[]')", prints: "0" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json],
        Parameter::Bigint,
        json_array_length,
    )]),
};

fn json_array_length(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    count(arguments, |document| match document.kind() {
        JsonKind::Array => Ok(document.count()?),
        JsonKind::Object => Err(misuse("cannot get array length of a non-array")),
        _ => Err(misuse("cannot get array length of a scalar")),
    })
}
