//! `pg_stat_get_numscans`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_stat_get_numscans",
    syntax: "pg_stat_get_numscans(relation oid) → bigint",
    summary: "Returns how often an index was read; it is not counted.",
    examples: &[Example { sql: "SELECT pg_stat_get_numscans(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Bigint,
        pg_stat_get_numscans,
    )]),
};

fn pg_stat_get_numscans(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::bigints(arguments.rows(), |_| Ok(None))
}
