//! `session_user`: who asks.

use super::own_value::{SessionValues, of_name};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "session_user",
    syntax: "session_user → name",
    summary: "Returns the name of the user who has logged in.",
    examples: &[Example { sql: "SELECT session_user", prints: "census" }],
    implementation: Implementation::Scalar(|| {
        Arc::new(of_name(RECORD.name, &SessionValues::default()))
    }),
};
