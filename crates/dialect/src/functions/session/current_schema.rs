//! `current_schema`: the schema of names without one.

use super::own_value::{SessionValues, of_name};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_schema",
    syntax: "current_schema → name",
    summary: "Returns the first schema in which a name without schema is looked up.",
    examples: &[Example { sql: "SELECT current_schema", prints: "aws" }],
    implementation: Implementation::Scalar(|| {
        Arc::new(of_name(RECORD.name, &SessionValues::default()))
    }),
};
