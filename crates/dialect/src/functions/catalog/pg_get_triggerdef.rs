//! `pg_get_triggerdef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_triggerdef",
    syntax: "pg_get_triggerdef(any) → text\npg_get_triggerdef(any, any) → text",
    summary: "Returns how a trigger is written; there is none.",
    examples: &[Example { sql: "SELECT pg_get_triggerdef(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[
        Overload::lenient(&[Parameter::Any], Parameter::Text, pg_get_triggerdef),
        Overload::lenient(&[Parameter::Any, Parameter::Any], Parameter::Text, pg_get_triggerdef),
    ]),
};

fn pg_get_triggerdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
