//! `pg_tablespace_size`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_tablespace_size",
    syntax: "pg_tablespace_size(any) → bigint",
    summary: "Returns the bytes that a tablespace takes; it is not told.",
    examples: &[Example { sql: "SELECT pg_tablespace_size(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Bigint,
        pg_tablespace_size,
    )]),
};

fn pg_tablespace_size(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::bigints(arguments.rows(), |_| Ok(None))
}
