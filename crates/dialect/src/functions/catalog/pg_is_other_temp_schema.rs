//! `pg_is_other_temp_schema`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_is_other_temp_schema",
    syntax: "pg_is_other_temp_schema(oid) → boolean",
    summary: "Tells whether a schema holds another session's temporary tables; none does.",
    examples: &[Example { sql: "SELECT pg_is_other_temp_schema(11)", prints: "f" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Boolean,
        pg_is_other_temp_schema,
    )]),
};

fn pg_is_other_temp_schema(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::booleans(arguments.rows(), |_| Ok(Some(false)))
}
