//! `current_database`: the name of the catalog.

use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::StringArray;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_database",
    syntax: "current_database() → text",
    summary: "Returns the name of the catalog that every table is in.",
    examples: &[Example { sql: "SELECT current_database()", prints: "census" }],
    implementation: Implementation::Kernels(&[Overload::strict(&[], Parameter::Text, |_| {
        Ok(Arc::new(StringArray::from(vec!["census"])))
    })]),
};
