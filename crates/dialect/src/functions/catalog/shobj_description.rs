//! `shobj_description`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Catalog,
    name: "shobj_description",
    syntax: "shobj_description(any, any) → text",
    summary: "Returns what is said of an object that databases share; nothing is.",
    examples: &[Example { sql: "SELECT shobj_description(1, 1)", prints: "NULL" }],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Any, Parameter::Any],
        Parameter::Text,
        shobj_description,
    )]),
};

fn shobj_description(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    rows::texts(arguments.rows(), |_| Ok(None::<&str>))
}
