//! `num_nulls`: how many arguments are NULL.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, Int64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "num_nulls",
    syntax: "num_nulls(any, …) → bigint",
    summary: "Counts the arguments that are NULL.",
    examples: &[Example { sql: "SELECT num_nulls(1, NULL, 'a')", prints: "1" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Bigint,
        num_nulls,
    )
    .followed_by(Parameter::Any)]),
};

fn num_nulls(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let mut counts = vec![0_i64; arguments.rows()];
    for index in 0..arguments.count() {
        let argument = arguments.any(index)?;
        let nulls = argument.array.logical_nulls();
        for (row, count) in counts.iter_mut().enumerate() {
            let is_null = nulls.as_ref().is_some_and(|nulls| nulls.is_null(argument.index(row)));
            *count += i64::from(is_null);
        }
    }
    Ok(Arc::new(Int64Array::from(counts)))
}
