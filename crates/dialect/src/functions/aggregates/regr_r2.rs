//! `regr_r2`: the square of the correlation coefficient.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "regr_r2",
    syntax: "regr_r2(y double precision, x double precision) → double precision",
    summary: "Returns the square of the correlation coefficient; NULL where x does not vary, 1 where y does not.",
    examples: &[Example {
        sql: "SELECT regr_r2(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "0.6914285714285714",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    if moments.count < 1.0 || moments.squares_x == 0.0 {
        return None;
    }
    if moments.squares_y == 0.0 {
        return Some(1.0);
    }
    let products = moments.products * moments.products;
    Some(products / (moments.squares_x * moments.squares_y))
}
