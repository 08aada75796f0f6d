//! `pg_my_temp_schema`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_my_temp_schema",
    syntax: "pg_my_temp_schema() → oid",
    summary: "Returns the number of the schema of the session's temporary tables, which has none.",
    examples: &[Example { sql: "SELECT pg_my_temp_schema()", prints: "0" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Bigint,
        pg_my_temp_schema,
    )]),
};

fn pg_my_temp_schema(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::bigints(arguments.rows(), |_| Ok(Some(0)))
}
