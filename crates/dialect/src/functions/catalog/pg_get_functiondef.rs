//! `pg_get_functiondef(oid)`.

use super::signature::signatures;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use crate::functions::strings::quote;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_functiondef",
    syntax: "pg_get_functiondef(oid) → text",
    summary: "Returns the statement that would make a function; NULL for one of aggregates and windows.",
    examples: &[
        Example {
            sql: "SELECT split_part(pg_get_functiondef('int8in'::regproc), chr(10), 1)",
            prints: "CREATE OR REPLACE FUNCTION pg_catalog.int8in(cstring)",
        },
        Example { sql: "SELECT pg_get_functiondef(0)", prints: "NULL" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint],
        Parameter::Text,
        define,
    )]),
};

fn define(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let numbers = arguments.bigints(0)?;
    let functions = signatures();
    rows::texts(arguments.rows(), |row| {
        let function = numbers.get(row).and_then(|number| functions.get(&number));
        Ok(function.filter(|function| function.is_plain).map(|function| {
            format!(
                "CREATE OR REPLACE FUNCTION pg_catalog.{}({})\n RETURNS {}\n LANGUAGE internal\nAS $function${}$function$\n",
                quote::name(function.name),
                function.arguments,
                function.result,
                function.name
            )
        }))
    })
}
