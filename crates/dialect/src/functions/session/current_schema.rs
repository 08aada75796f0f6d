//! `current_schema`: the schema of names without one.

use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::StringArray;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_schema",
    syntax: "current_schema → text",
    summary: "Returns the first schema in which a name without schema is looked up.",
    examples: &[Example { sql: "SELECT current_schema", prints: "aws" }],
    implementation: Implementation::Kernels(&[Overload::strict(&[], Parameter::Text, |_| {
        Ok(Arc::new(StringArray::from(vec!["aws"])))
    })]),
};
