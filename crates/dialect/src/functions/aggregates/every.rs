//! `every`: `bool_and` under the name of the standard.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};
use datafusion::functions_aggregate::bool_and_or::bool_and_udaf;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "every",
    syntax: "every(boolean) → boolean",
    summary: "Is bool_and under another name.",
    examples: &[Example { sql: "SELECT every(x > 0) FROM (VALUES (1), (NULL)) t(x)", prints: "t" }],
    implementation: Implementation::Aggregate(|| {
        Arc::new(bool_and_udaf().as_ref().clone().with_aliases(["every"]))
    }),
};
