//! `json_object_agg(any, any)`: planned as two arrays that are gathered and then written.

use super::written::Written;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::logical_expr::AggregateUDF;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "json_object_agg",
    syntax: "json_object_agg(any, any) → json",
    summary: "Makes an object of keys and values; NULL where there are no rows.",
    examples: &[Example {
        sql: "SELECT json_object_agg(k, v ORDER BY k) FROM (VALUES ('b', 2), ('a', 1)) t(k, v)",
        prints: "{ \"a\" : 1, \"b\" : 2 }",
    }],
    implementation: Implementation::Aggregate(|| {
        Arc::new(AggregateUDF::new_from_impl(Written::new("json_object_agg", 2)))
    }),
};
