//! `stddev_pop`: the square root of `var_pop`.

use crate::functions::aggregates::moments::{Moments, of_one};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "stddev_pop",
    syntax: "stddev_pop(double precision) → double precision",
    summary: "Returns the standard deviation of a whole population; NULL without rows.",
    examples: &[Example {
        sql: "SELECT stddev_pop(x) FROM (VALUES (2.0), (4.0), (4.0), (4.0), (5.0), (5.0), (7.0), (9.0)) t(x)",
        prints: "2",
    }],
    implementation: Implementation::Aggregate(|| of_one(&RECORD, finish)),
};

fn finish(moments: &Moments) -> Option<f64> {
    crate::functions::aggregates::var_pop::finish(moments).map(f64::sqrt)
}
