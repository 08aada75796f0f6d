//! `version`: what answers.

use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::StringArray;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "version",
    syntax: "version() → text",
    summary: "Returns the version of PostgreSQL whose behaviour is the model, and the name of what answers.",
    examples: &[Example { sql: "SELECT version()", prints: "PostgreSQL 15.0 (Census)" }],
    implementation: Implementation::Kernels(&[Overload::strict(&[], Parameter::Text, |_| {
        Ok(Arc::new(StringArray::from(vec!["PostgreSQL 15.0 (Census)"])))
    })]),
};
