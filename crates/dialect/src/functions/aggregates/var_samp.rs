//! `var_samp`: how far numbers are from their mean, squared, where they are a sample.

use crate::functions::aggregates::moments::{Moments, of_one};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "var_samp",
    syntax: "var_samp(double precision) → double precision",
    summary: "Returns the variance of what a sample is taken from; NULL for fewer than two rows.",
    examples: &[Example {
        sql: "SELECT var_samp(x) FROM (VALUES (2.0), (4.0), (4.0), (4.0), (5.0), (5.0), (7.0), (9.0)) t(x)",
        prints: "4.571428571428571",
    }],
    implementation: Implementation::Aggregate(|| of_one(&RECORD, finish)),
};

pub(super) fn finish(moments: &Moments) -> Option<f64> {
    (moments.count > 1.0).then(|| moments.squares_x / (moments.count - 1.0))
}
