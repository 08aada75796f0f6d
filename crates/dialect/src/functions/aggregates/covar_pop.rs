//! `covar_pop`: how two variables vary together, where all rows are there.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "covar_pop",
    syntax: "covar_pop(y double precision, x double precision) → double precision",
    summary: "Returns the covariance of a whole population; NULL without rows.",
    examples: &[Example {
        sql: "SELECT covar_pop(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "1.375",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    (moments.count > 0.0).then(|| moments.products / moments.count)
}
