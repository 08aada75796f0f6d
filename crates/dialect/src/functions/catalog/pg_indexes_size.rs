//! `pg_indexes_size`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_indexes_size",
    syntax: "pg_indexes_size(any) → bigint",
    summary: "Returns the bytes that the indexes of a relation take; it is not told.",
    examples: &[Example { sql: "SELECT pg_indexes_size(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Bigint,
        pg_indexes_size,
    )]),
};

fn pg_indexes_size(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::bigints(arguments.rows(), |_| Ok(None))
}
