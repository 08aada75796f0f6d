//! `json -> bigint`.

use super::{Output, find_element};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_element",
    syntax: "",
    summary: "Returns an element of an array by its place from 0; negative places count from the end.",
    examples: &[
        Example { sql: "SELECT JSON '[10, \"x\"]' -> -1", prints: "\"x\"" },
        Example { sql: "SELECT JSON '[10, 20]' -> 2", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Json, Parameter::Bigint],
        Parameter::Json,
        element,
    )]),
};

fn element(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    find_element(arguments, Output::Json)
}
