//! `array_remove(array, value)`.

use super::items::{comparator, item_type, lists_of, values_of};
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
    name: "array_remove",
    syntax: "array_remove(anyarray, any) → anyarray",
    summary: "Takes away every item that is a value, also NULL.",
    examples: &[
        Example { sql: "SELECT array_remove(ARRAY[1, 2, 3, 2], 2)", prints: "{1,3}" },
        Example { sql: "SELECT array_remove(ARRAY['a', NULL], NULL)", prints: "{a}" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::CompatibleArray, Parameter::Compatible],
        Parameter::CompatibleArray,
        array_remove,
    )]),
};

fn array_remove(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let item = item_type(arguments, 2);
    let lists = lists_of(arguments, 0, &item)?;
    let values = values_of(arguments, 1, &item)?;
    let items = Arc::clone(&lists.array.items);
    let compare = comparator(&items, &values.array)?;
    let mut builder = ListsBuilder::new(vec![Arc::clone(&items)]);
    for row in 0..arguments.rows() {
        let Some(list) = lists.row(row) else {
            builder.null_row();
            continue;
        };
        let range = lists.array.range(list);
        if lists.array.depth() > 1 && !range.is_empty() {
            let message = "removing elements from multidimensional arrays is not supported";
            return Err(fault(SqlState::FeatureNotSupported, message));
        }
        let (start, value) = (builder.len(), values.index(row));
        for index in range {
            let is_removed = match (items.is_null(index), values.array.is_null(value)) {
                (false, false) => compare(index, value).is_eq(),
                (left, right) => left == right,
            };
            if !is_removed {
                builder.push(0, index)?;
            }
        }
        builder.end_flat_row(start);
    }
    builder.finish(&item, lists.array.depth())
}
