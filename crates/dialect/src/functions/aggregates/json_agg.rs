//! `json_agg(any)`: planned as an array that is gathered and then written.

use super::written::Written;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::logical_expr::AggregateUDF;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "json_agg",
    syntax: "json_agg(any) → json",
    summary: "Makes an array of values, of NULLs too; NULL where there are no rows.",
    examples: &[Example {
        sql: "SELECT json_agg(x ORDER BY x DESC) FROM (VALUES ('a'), ('b')) t(x)",
        prints: "[\"b\", \"a\"]",
    }],
    implementation: Implementation::Aggregate(|| {
        Arc::new(AggregateUDF::new_from_impl(Written::new("json_agg", 1)))
    }),
};
