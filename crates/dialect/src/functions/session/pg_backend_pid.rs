//! `pg_backend_pid`: the number of the session.

use super::own_value::{SessionValues, of_name};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "pg_backend_pid",
    syntax: "pg_backend_pid() → bigint",
    summary: "Returns the number of the session, by which a statement of it is cancelled.",
    examples: &[Example { sql: "SELECT pg_backend_pid() >= 0", prints: "t" }],
    implementation: Implementation::Scalar(|| {
        Arc::new(of_name(RECORD.name, &SessionValues::default()))
    }),
};
