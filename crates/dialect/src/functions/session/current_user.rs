//! `current_user`: who asks.

use super::own_value::{SessionValues, of_name};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "current_user",
    syntax: "current_user → name",
    summary: "Returns the name of the user who has logged in.",
    examples: &[Example { sql: "SELECT current_user", prints: "census" }],
    implementation: Implementation::Scalar(|| {
        Arc::new(of_name(RECORD.name, &SessionValues::default()))
    }),
};
