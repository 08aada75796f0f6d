//! `pg_get_partkeydef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_partkeydef",
    syntax: "pg_get_partkeydef(any) → text",
    summary: "Returns the key of a partitioned table; there is none.",
    examples: &[Example { sql: "SELECT pg_get_partkeydef(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        pg_get_partkeydef,
    )]),
};

fn pg_get_partkeydef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
