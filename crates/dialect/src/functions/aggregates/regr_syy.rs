//! `regr_syy`: the squares of y around its mean.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "regr_syy",
    syntax: "regr_syy(y double precision, x double precision) → double precision",
    summary: "Returns the sum of the squared distances of y from its mean.",
    examples: &[Example {
        sql: "SELECT regr_syy(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "8.75",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    (moments.count > 0.0).then_some(moments.squares_y)
}
