//! The numbers of the rows that arrays give: `WITH ORDINALITY`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Int64Builder, ListBuilder};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Arrays,
    name: "__ordinals",
    syntax: "",
    summary: "Returns the numbers from one to the length of the longest array.",
    examples: &[Example {
        sql: "SELECT max(n) FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS t(x, n)",
        prints: "2",
    }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::BigintArray,
        ordinals,
    )
    .followed_by(Parameter::Any)]),
};

fn ordinals(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let mut lengths = vec![0_i64; arguments.rows()];
    for index in 0..arguments.count() {
        let argument = arguments.any(index)?;
        if !matches!(argument.array.data_type(), DataType::List(_)) {
            continue;
        }
        let lists = argument.array.as_list::<i32>();
        for (row, longest) in lengths.iter_mut().enumerate() {
            let row = argument.index(row);
            if lists.is_valid(row) {
                *longest = (*longest).max(i64::from(lists.value_length(row)));
            }
        }
    }
    let mut builder = ListBuilder::new(Int64Builder::new());
    for length in lengths {
        builder.append_value((1..=length).map(Some));
    }
    Ok(Arc::new(builder.finish()))
}
