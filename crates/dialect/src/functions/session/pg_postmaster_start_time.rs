//! `pg_postmaster_start_time`: when the server began.

use super::own_value::{SessionValues, of_name};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Session,
    name: "pg_postmaster_start_time",
    syntax: "pg_postmaster_start_time() → timestamp with time zone",
    summary: "Returns when the server began to answer.",
    examples: &[Example { sql: "SELECT pg_postmaster_start_time() <= now()", prints: "t" }],
    implementation: Implementation::Scalar(|| {
        Arc::new(of_name(RECORD.name, &SessionValues::default()))
    }),
};
