//! `pg_relation_is_publishable`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_relation_is_publishable",
    syntax: "pg_relation_is_publishable(oid) → boolean",
    summary: "Tells whether changes of a relation could be sent to another server; they never are.",
    examples: &[Example { sql: "SELECT pg_relation_is_publishable(1259)", prints: "f" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any],
        Parameter::Boolean,
        pg_relation_is_publishable,
    )]),
};

fn pg_relation_is_publishable(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::booleans(arguments.rows(), |_| Ok(Some(false)))
}
