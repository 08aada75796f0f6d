//! `variance`: `var_samp` under its older name.

use crate::functions::aggregates::moments::of_one;
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "variance",
    syntax: "variance(double precision) → double precision",
    summary: "Is var_samp under another name.",
    examples: &[Example {
        sql: "SELECT variance(x) FROM (VALUES (2.0), (4.0), (4.0), (4.0), (5.0), (5.0), (7.0), (9.0)) t(x)",
        prints: "4.571428571428571",
    }],
    implementation: Implementation::Aggregate(|| {
        of_one(&RECORD, crate::functions::aggregates::var_samp::finish)
    }),
};
