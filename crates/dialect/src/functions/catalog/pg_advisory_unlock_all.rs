//! `pg_advisory_unlock_all()`: clients call it before they use a connection again.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_advisory_unlock_all",
    syntax: "pg_advisory_unlock_all() → text",
    summary: "Gives back the locks of the session, which has none.",
    examples: &[Example { sql: "SELECT pg_advisory_unlock_all()", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[],
        Parameter::Text,
        pg_advisory_unlock_all,
    )]),
};

fn pg_advisory_unlock_all(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
