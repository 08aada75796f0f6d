//! `num_nonnulls`: how many arguments are not NULL.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::{Array, ArrayRef, Int64Array};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Conditions,
    name: "num_nonnulls",
    syntax: "num_nonnulls(any, …) → bigint",
    summary: "Counts the arguments that are not NULL.",
    examples: &[Example { sql: "SELECT num_nonnulls(1, NULL, 'a')", prints: "2" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Bigint,
        num_nonnulls,
    )
    .followed_by(Parameter::Any)]),
};

fn num_nonnulls(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let mut counts = vec![0_i64; arguments.rows()];
    for index in 0..arguments.count() {
        let argument = arguments.any(index)?;
        let nulls = argument.array.logical_nulls();
        for (row, count) in counts.iter_mut().enumerate() {
            let is_null = nulls.as_ref().is_some_and(|nulls| nulls.is_null(argument.index(row)));
            *count += i64::from(!is_null);
        }
    }
    Ok(Arc::new(Int64Array::from(counts)))
}
