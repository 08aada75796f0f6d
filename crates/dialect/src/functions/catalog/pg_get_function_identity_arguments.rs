//! `pg_get_function_identity_arguments(oid)`.

use super::signature::signatures;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_function_identity_arguments",
    syntax: "pg_get_function_identity_arguments(oid) → text",
    summary: "Returns the types of the arguments that tell a function from others of its name.",
    examples: &[Example {
        sql: "SELECT pg_get_function_identity_arguments(oid) FROM pg_proc WHERE proname = 'exist'",
        prints: "hstore, text",
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
        Ok(function.map(|function| function.arguments.as_str()))
    })
}
