//! `pg_tablespace_location`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_tablespace_location",
    syntax: "pg_tablespace_location(any) → text",
    summary: "Returns the folder of a tablespace; none has one.",
    examples: &[Example { sql: "SELECT pg_tablespace_location(1)", prints: "" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        pg_tablespace_location,
    )]),
};

fn pg_tablespace_location(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(Some("")))
}
