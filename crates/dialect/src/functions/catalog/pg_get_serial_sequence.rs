//! `pg_get_serial_sequence`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_serial_sequence",
    syntax: "pg_get_serial_sequence(any, any) → text",
    summary: "Returns the sequence of a column; there is none.",
    examples: &[Example { sql: "SELECT pg_get_serial_sequence(1, 1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any, Parameter::Any],
        Parameter::Text,
        pg_get_serial_sequence,
    )]),
};

fn pg_get_serial_sequence(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
