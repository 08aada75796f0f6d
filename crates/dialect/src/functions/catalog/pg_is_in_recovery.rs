//! `pg_is_in_recovery`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_is_in_recovery",
    syntax: "pg_is_in_recovery() → boolean",
    summary: "Tells whether the server follows another; it never does.",
    examples: &[Example { sql: "SELECT pg_is_in_recovery()", prints: "f" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Boolean,
        pg_is_in_recovery,
    )]),
};

fn pg_is_in_recovery(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::booleans(arguments.rows(), |_| Ok(Some(false)))
}
