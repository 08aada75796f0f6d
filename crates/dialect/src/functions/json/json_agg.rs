//! `json_agg(any)`, which gathers an array first.

use super::misused;
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::{JsonDatum, json};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::{Array, AsArray, ListArray, StringBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use std::ops::Range;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Json,
    name: "__json_agg",
    syntax: "",
    summary: "Makes an array of values that were gathered.",
    examples: &[Example {
        sql: "SELECT json_agg(x) FROM (VALUES (1), (NULL)) t(x)",
        prints: "[1, null]",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::AnyArray],
        Parameter::Json,
        json_agg,
    )]),
};

fn json_agg(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let lists = arguments.any(0)?.array;
    let lists = lists.as_list::<i32>();
    let DataType::List(item) = lists.data_type() else { return Err(misused("not an array")) };
    let datum = JsonDatum::new(item, lists.values().as_ref()).map_err(external)?;
    let mut builder = StringBuilder::new();
    for row in 0..lists.len() {
        if lists.is_null(row) {
            builder.append_null();
            continue;
        }
        let mut text = String::from("[");
        for (index, element) in range(lists, row).enumerate() {
            if index > 0 {
                let is_array = matches!(item.data_type(), DataType::List(_));
                // PostgreSQL begins a line for what is itself structured.
                text.push_str(if is_array && !datum.is_null(element) { ", \n " } else { ", " });
            }
            datum.write(element, &mut text);
        }
        text.push(']');
        builder.append_value(text);
    }
    Ok(json::of_texts(builder.finish()))
}

/// Returns which elements a row has.
pub(super) fn range(lists: &ListArray, row: usize) -> Range<usize> {
    let offset = |index: usize| usize::try_from(lists.value_offsets()[index]).unwrap_or_default();
    offset(row)..offset(row + 1)
}
