//! `pg_get_function_sqlbody`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_function_sqlbody",
    syntax: "pg_get_function_sqlbody(any) → text",
    summary: "Returns the body of a function in SQL; none has one.",
    examples: &[Example { sql: "SELECT pg_get_function_sqlbody(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        pg_get_function_sqlbody,
    )]),
};

fn pg_get_function_sqlbody(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
