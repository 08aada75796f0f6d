//! `pg_get_function_result(oid)`.

use super::signature::signatures;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_function_result",
    syntax: "pg_get_function_result(oid) → text",
    summary: "Returns the type of what a function returns.",
    examples: &[Example {
        sql: "SELECT pg_get_function_result(oid) FROM pg_proc WHERE proname = 'exist'",
        prints: "boolean",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        describe,
    )]),
};

fn describe(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    let functions = signatures();
    rows::texts(arguments.rows(), |row| {
        let function = numbers.get(row).and_then(|number| functions.get(&number));
        Ok(function.map(|function| function.result.as_str()))
    })
}
