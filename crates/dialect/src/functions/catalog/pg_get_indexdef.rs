//! `pg_get_indexdef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_indexdef",
    syntax: "pg_get_indexdef(any) → text\npg_get_indexdef(any, any, any) → text",
    summary: "Returns how an index is written; there is none.",
    examples: &[Example { sql: "SELECT pg_get_indexdef(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[
        Overload::lenient(&[Parameter::Any], Parameter::Text, pg_get_indexdef),
        Overload::lenient(
            &[Parameter::Any, Parameter::Any, Parameter::Any],
            Parameter::Text,
            pg_get_indexdef,
        ),
    ]),
};

fn pg_get_indexdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
