//! `regr_avgy`: the mean of y.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "regr_avgy",
    syntax: "regr_avgy(y double precision, x double precision) → double precision",
    summary: "Returns the mean of y over the rows in which neither is NULL.",
    examples: &[Example {
        sql: "SELECT regr_avgy(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "2.75",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    (moments.count > 0.0).then(|| moments.sum_y / moments.count)
}
