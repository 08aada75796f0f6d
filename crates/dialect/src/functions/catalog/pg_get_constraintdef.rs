//! `pg_get_constraintdef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_constraintdef",
    syntax: "pg_get_constraintdef(any) → text\npg_get_constraintdef(any, any) → text",
    summary: "Returns how a constraint is written; there is none.",
    examples: &[Example { sql: "SELECT pg_get_constraintdef(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[
        Overload::lenient(&[Parameter::Any], Parameter::Text, pg_get_constraintdef),
        Overload::lenient(&[Parameter::Any, Parameter::Any], Parameter::Text, pg_get_constraintdef),
    ]),
};

fn pg_get_constraintdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
