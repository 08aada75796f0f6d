//! `pg_get_expr`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_expr",
    syntax: "pg_get_expr(any, any) → text\npg_get_expr(any, any, any) → text",
    summary: "Returns the expression of a default or constraint; there is none.",
    examples: &[Example { sql: "SELECT pg_get_expr(1, 1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[
        Overload::lenient(&[Parameter::Any, Parameter::Any], Parameter::Text, pg_get_expr),
        Overload::lenient(
            &[Parameter::Any, Parameter::Any, Parameter::Any],
            Parameter::Text,
            pg_get_expr,
        ),
    ]),
};

fn pg_get_expr(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
