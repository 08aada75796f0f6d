//! What arrays are compared and sorted by.

use super::items::comparable;
use super::lists::ListsBuilder;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::{Array, ArrayRef, BinaryBuilder, Int64Builder, ListBuilder};
use datafusion::arrow::compute::SortOptions;
use datafusion::arrow::row::{RowConverter, SortField};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__array_sort_key",
    syntax: "",
    summary: "Returns bytes whose order is the order of arrays.",
    examples: &[
        Example { sql: "SELECT ARRAY[1, 2, 3] < ARRAY[1, 4]", prints: "t" },
        Example { sql: "SELECT ARRAY[1, NULL] > ARRAY[1, 2]", prints: "t" },
        Example { sql: "SELECT ARRAY[[1, 2]] = ARRAY[1, 2]", prints: "f" },
        Example { sql: "SELECT ARRAY[0.0] = ARRAY[-0.0]", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray],
        Parameter::Bytea,
        sort_key,
    )]),
};

/// The items decide first, NULL after all others, then how many there are, then the dimensions.
fn sort_key(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.lists(0)?;
    let rows = arguments.rows();
    let items = comparable(&lists.array.items)?;
    let mut flat = ListsBuilder::new(vec![Arc::clone(&items)]);
    let mut lengths = ListBuilder::new(Int64Builder::new());
    for row in 0..rows {
        let start = flat.len();
        let list = lists.index(row);
        flat.extend(0, lists.array.range(list))?;
        flat.end_flat_row(start);
        let dimensions = lists.array.dimensions(list);
        lengths.values().append_value(rows::count(dimensions.len()));
        for length in dimensions {
            lengths.values().append_value(rows::count(length));
        }
        lengths.append(true);
    }
    let flat = flat.finish(items.data_type(), 1)?;
    let lengths: ArrayRef = Arc::new(lengths.finish());
    let options = SortOptions { descending: false, nulls_first: false };
    let columns = [flat, lengths];
    let fields = columns
        .iter()
        .map(|column| SortField::new_with_options(column.data_type().clone(), options));
    let keys = RowConverter::new(fields.collect())?.convert_columns(&columns)?;
    let mut builder = BinaryBuilder::with_capacity(rows, rows * 32);
    for (row, key) in keys.iter().enumerate() {
        builder.append_option(lists.row(row).map(|_| key.data()));
    }
    Ok(Arc::new(builder.finish()))
}
