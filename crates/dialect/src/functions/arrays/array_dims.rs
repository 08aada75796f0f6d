//! `array_dims(array)`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::fmt::Write;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_dims",
    syntax: "array_dims(anyarray) → text",
    summary: "Returns the bounds of the dimensions of an array as text; NULL for an empty one.",
    examples: &[
        Example { sql: "SELECT array_dims(ARRAY[[1, 2, 3], [4, 5, 6]])", prints: "[1:2][1:3]" },
        Example { sql: "SELECT array_dims(ARRAY[]::bigint[])", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray],
        Parameter::Text,
        array_dims,
    )]),
};

fn array_dims(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.lists(0)?;
    rows::texts(arguments.rows(), |row| {
        let lengths = lists.row(row).map(|row| lists.array.dimensions(row)).unwrap_or_default();
        let bounds = lengths.iter().fold(String::new(), |mut bounds, length| {
            // Writing to a text cannot fail.
            let _ = write!(bounds, "[1:{length}]");
            bounds
        });
        Ok((!bounds.is_empty()).then_some(bounds))
    })
}
