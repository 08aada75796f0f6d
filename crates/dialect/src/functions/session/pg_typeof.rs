//! `pg_typeof`: the type of a value.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::sql_types::type_name;
use datafusion::arrow::array::{ArrayRef, StringArray};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "pg_typeof",
    syntax: "pg_typeof(any) → text",
    summary: "Returns the name of the type of its argument.",
    examples: &[
        Example { sql: "SELECT pg_typeof(ARRAY[1])", prints: "bigint[]" },
        Example { sql: "SELECT pg_typeof(INTERVAL '1 day')", prints: "interval" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        pg_typeof,
    )]),
};

// Kernels return results.
#[allow(clippy::unnecessary_wraps)]
fn pg_typeof(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let name = match arguments.field(0) {
        field if field.data_type().is_null() => "unknown".to_owned(),
        field => type_name(field),
    };
    Ok(Arc::new(StringArray::from(vec![name; arguments.rows()])))
}
