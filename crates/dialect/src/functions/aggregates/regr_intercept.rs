//! `regr_intercept`: where the line through the points crosses the y axis.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "regr_intercept",
    syntax: "regr_intercept(y double precision, x double precision) → double precision",
    summary: "Returns y at x = 0 on the line that fits the points best; NULL where x does not vary.",
    examples: &[Example {
        sql: "SELECT regr_intercept(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "0",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    if moments.count < 1.0 || moments.squares_x == 0.0 {
        return None;
    }
    let slope_part = moments.sum_x * moments.products / moments.squares_x;
    Some((moments.sum_y - slope_part) / moments.count)
}
