//! `array_positions(array, value)`.

use super::array_position::Found;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::{ArrayRef, Int64Builder, ListBuilder};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_positions",
    syntax: "array_positions(anyarray, any) → bigint[]",
    summary: "Returns all places where a value stands in an array, also NULL.",
    examples: &[
        Example {
            sql: "SELECT array_positions(ARRAY['A', 'A', 'B', 'A'], 'A')",
            prints: "{1,2,4}",
        },
        Example { sql: "SELECT array_positions(ARRAY[1], 2)", prints: "{}" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::CompatibleArray, Parameter::Compatible],
        Parameter::BigintArray,
        array_positions,
    )]),
};

fn array_positions(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let found = Found::new(arguments)?;
    let mut builder = ListBuilder::new(Int64Builder::new());
    for row in 0..arguments.rows() {
        let range = found.range(row)?;
        let is_valid = range.is_some();
        let range = range.unwrap_or_default();
        for item in range.clone() {
            if found.is_value(item, row) {
                builder.values().append_value(rows::count(item - range.start + 1));
            }
        }
        builder.append(is_valid);
    }
    Ok(Arc::new(builder.finish()))
}
