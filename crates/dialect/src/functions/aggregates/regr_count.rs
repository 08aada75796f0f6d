//! `regr_count`: how many rows have neither variable NULL.

use crate::functions::aggregates::moments::{Finish, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "regr_count",
    syntax: "regr_count(y double precision, x double precision) → bigint",
    summary: "Counts the rows in which neither y nor x is NULL.",
    examples: &[Example {
        sql: "SELECT regr_count(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "4",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Count)),
};
