//! `array_replace(array, value, value)`.

use super::items::{comparator, item_type, lists_of, values_of};
use super::lists::ListsBuilder;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "array_replace",
    syntax: "array_replace(anyarray, any, any) → anyarray",
    summary: "Puts one value in the place of every item that is another, also NULL.",
    examples: &[
        Example { sql: "SELECT array_replace(ARRAY[1, 2, 5, 4], 5, 3)", prints: "{1,2,3,4}" },
        Example { sql: "SELECT array_replace(ARRAY[1, NULL], NULL, 0)", prints: "{1,0}" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::CompatibleArray, Parameter::Compatible, Parameter::Compatible],
        Parameter::CompatibleArray,
        array_replace,
    )]),
};

fn array_replace(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let item = item_type(arguments, 3);
    let lists = lists_of(arguments, 0, &item)?;
    let (from, to) = (values_of(arguments, 1, &item)?, values_of(arguments, 2, &item)?);
    let items = Arc::clone(&lists.array.items);
    let compare = comparator(&items, &from.array)?;
    let depth = lists.array.depth();
    let mut builder = ListsBuilder::new(vec![Arc::clone(&items), Arc::clone(&to.array)]);
    for row in 0..arguments.rows() {
        let Some(list) = lists.row(row) else {
            builder.null_row();
            continue;
        };
        let replaced = from.index(row);
        for index in lists.array.range(list) {
            let is_replaced = match (items.is_null(index), from.array.is_null(replaced)) {
                (false, false) => compare(index, replaced).is_eq(),
                (left, right) => left == right,
            };
            if is_replaced {
                builder.push(1, to.index(row))?;
            } else {
                builder.push(0, index)?;
            }
        }
        builder.end_row(lists.array.dimensions(list));
    }
    builder.finish(&item, depth)
}
