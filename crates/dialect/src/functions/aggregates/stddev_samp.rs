//! `stddev_samp`: the square root of `var_samp`.

use crate::functions::aggregates::moments::{Moments, of_one};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "stddev_samp",
    syntax: "stddev_samp(double precision) → double precision",
    summary: "Returns the standard deviation of what a sample is taken from; NULL for fewer than two rows.",
    examples: &[Example {
        sql: "SELECT stddev_samp(x) FROM (VALUES (2.0), (4.0), (4.0), (4.0), (5.0), (5.0), (7.0), (9.0)) t(x)",
        prints: "2.138089935299395",
    }],
    implementation: Implementation::Aggregate(|| of_one(&RECORD, finish)),
};

fn finish(moments: &Moments) -> Option<f64> {
    crate::functions::aggregates::var_samp::finish(moments).map(f64::sqrt)
}
