//! `pg_get_statisticsobjdef_columns`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_statisticsobjdef_columns",
    syntax: "pg_get_statisticsobjdef_columns(any) → text",
    summary: "Returns the columns of extended statistics; there are none.",
    examples: &[Example { sql: "SELECT pg_get_statisticsobjdef_columns(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Text,
        pg_get_statisticsobjdef_columns,
    )]),
};

fn pg_get_statisticsobjdef_columns(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
