//! `var_pop`: how far numbers are from their mean, squared, where they are all there are.

use crate::functions::aggregates::moments::{Moments, of_one};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "var_pop",
    syntax: "var_pop(double precision) → double precision",
    summary: "Returns the variance of a whole population; NULL without rows.",
    examples: &[Example {
        sql: "SELECT var_pop(x) FROM (VALUES (2.0), (4.0), (4.0), (4.0), (5.0), (5.0), (7.0), (9.0)) t(x)",
        prints: "4",
    }],
    implementation: Implementation::Aggregate(|| of_one(&RECORD, finish)),
};

pub(super) fn finish(moments: &Moments) -> Option<f64> {
    (moments.count > 0.0).then(|| moments.squares_x / moments.count)
}
