//! `regr_slope`: the slope of the line through the points.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "regr_slope",
    syntax: "regr_slope(y double precision, x double precision) → double precision",
    summary: "Returns the slope of the line that fits the points best; NULL where x does not vary.",
    examples: &[Example {
        sql: "SELECT regr_slope(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "1.1",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    if moments.count < 1.0 || moments.squares_x == 0.0 {
        return None;
    }
    Some(moments.products / moments.squares_x)
}
