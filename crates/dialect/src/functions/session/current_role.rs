//! `current_role`: who asks; there is one user.

use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::StringArray;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_role",
    syntax: "current_role → text",
    summary: "Returns the name of the only user.",
    examples: &[Example { sql: "SELECT current_role", prints: "census" }],
    implementation: Implementation::Kernels(&[Overload::strict(&[], Parameter::Text, |_| {
        Ok(Arc::new(StringArray::from(vec!["census"])))
    })]),
};
