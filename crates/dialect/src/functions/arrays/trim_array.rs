//! `trim_array(array, n)`.

use super::lists::{ListsBuilder, fault};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::SqlState;
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "trim_array",
    syntax: "trim_array(anyarray, bigint) → anyarray",
    summary: "Takes so many items from the end of an array; of one of several dimensions, from the first.",
    examples: &[
        Example { sql: "SELECT trim_array(ARRAY[1, 2, 3, 4, 5, 6], 2)", prints: "{1,2,3,4}" },
        Example { sql: "SELECT trim_array(ARRAY[[1, 2], [3, 4]], 1)", prints: "{{1,2}}" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray, Parameter::Bigint],
        Parameter::AnyArray,
        trim_array,
    )]),
};

fn trim_array(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lists, counts) = (arguments.lists(0)?, arguments.bigints(1)?);
    let mut builder = ListsBuilder::new(vec![Arc::clone(&lists.array.items)]);
    for row in 0..arguments.rows() {
        let (Some(list), Some(count)) = (lists.row(row), counts.get(row)) else {
            builder.null_row();
            continue;
        };
        let mut lengths = lists.array.dimensions(list);
        let length = lengths.first().copied().unwrap_or_default();
        let count = usize::try_from(count).ok().filter(|count| *count <= length);
        let Some(count) = count else {
            let message = format!("number of elements to trim must be between 0 and {length}");
            return Err(fault(SqlState::ArraySubscriptError, message));
        };
        let range = lists.array.range(list);
        let member = range.len().checked_div(length).unwrap_or_default();
        builder.extend(0, range.start..range.end - count * member)?;
        match lengths.first_mut() {
            Some(first) if *first > count => *first -= count,
            _ => lengths.clear(),
        }
        builder.end_row(lengths);
    }
    let item = lists.array.items.data_type().clone();
    builder.finish(&item, lists.array.depth())
}
