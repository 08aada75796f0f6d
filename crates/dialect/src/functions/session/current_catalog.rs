//! `current_catalog`: the name of the catalog, as the standard asks for it.

use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use datafusion::arrow::array::StringArray;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_catalog",
    syntax: "current_catalog → text",
    summary: "Is current_database without parentheses.",
    examples: &[Example { sql: "SELECT current_catalog", prints: "census" }],
    implementation: Implementation::Kernels(&[Overload::strict(&[], Parameter::Text, |_| {
        Ok(Arc::new(StringArray::from(vec!["census"])))
    })]),
};
