//! `pg_get_partition_constraintdef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_partition_constraintdef",
    syntax: "pg_get_partition_constraintdef(any) → text",
    summary: "Returns the bounds of a partition; there is none.",
    examples: &[Example { sql: "SELECT pg_get_partition_constraintdef(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        pg_get_partition_constraintdef,
    )]),
};

fn pg_get_partition_constraintdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
