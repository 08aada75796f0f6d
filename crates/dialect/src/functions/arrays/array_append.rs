//! `array_append(array, value)`.

use super::items::{item_type, lists_of, values_of};
use super::lists::{ListsBuilder, fault};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::SqlState;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_append",
    syntax: "array_append(anyarray, any) → anyarray",
    summary: "Puts a value behind the items of an array.",
    examples: &[
        Example { sql: "SELECT array_append(ARRAY[1, 2], 3)", prints: "{1,2,3}" },
        Example { sql: "SELECT array_append(NULL::text[], 'a')", prints: "{a}" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::CompatibleArray, Parameter::Compatible],
        Parameter::CompatibleArray,
        array_append,
    )]),
};

fn array_append(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    joined(arguments, 0, 1)
}

/// Puts a value behind the items of an array, or before them where it is the first argument.
pub(super) fn joined(arguments: &Arguments<'_>, list: usize, value: usize) -> Result<ArrayRef> {
    let item = item_type(arguments, 2);
    let lists = lists_of(arguments, list, &item)?;
    let values = values_of(arguments, value, &item)?;
    let items = [Arc::clone(&lists.array.items), Arc::clone(&values.array)];
    let mut builder = ListsBuilder::new(items.to_vec());
    for row in 0..arguments.rows() {
        let start = builder.len();
        let range = lists.array.range(lists.index(row));
        if lists.array.depth() > 1 && !range.is_empty() {
            let message = "argument must be empty or one-dimensional array";
            return Err(fault(SqlState::DataException, message));
        }
        if value < list {
            builder.push(1, values.index(row))?;
        }
        builder.extend(0, range)?;
        if value > list {
            builder.push(1, values.index(row))?;
        }
        builder.end_flat_row(start);
    }
    builder.finish(&item, lists.array.depth())
}
