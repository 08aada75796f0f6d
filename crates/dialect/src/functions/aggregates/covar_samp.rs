//! `covar_samp`: how two variables vary together, where the rows are a sample.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "covar_samp",
    syntax: "covar_samp(y double precision, x double precision) → double precision",
    summary: "Returns the covariance of what a sample is taken from; NULL for fewer than two rows.",
    examples: &[Example {
        sql: "SELECT covar_samp(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "1.8333333333333333",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    (moments.count > 1.0).then(|| moments.products / (moments.count - 1.0))
}
