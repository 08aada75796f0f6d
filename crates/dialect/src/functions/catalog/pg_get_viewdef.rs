//! `pg_get_viewdef`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "pg_get_viewdef",
    syntax: "pg_get_viewdef(any) → text\npg_get_viewdef(any, any) → text",
    summary: "Returns the query of a view; what the engine makes itself has none.",
    examples: &[Example { sql: "SELECT pg_get_viewdef(1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[
        Overload::lenient(&[Parameter::Any], Parameter::Text, pg_get_viewdef),
        Overload::lenient(&[Parameter::Any, Parameter::Any], Parameter::Text, pg_get_viewdef),
    ]),
};

fn pg_get_viewdef(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
