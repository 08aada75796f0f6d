//! `corr`: how nearly two variables lie on a line.

use crate::functions::aggregates::moments::{Finish, Moments, of_two};
use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Aggregates,
    name: "corr",
    syntax: "corr(y double precision, x double precision) → double precision",
    summary: "Returns the correlation coefficient, from -1 to 1; NULL where a variable does not vary.",
    examples: &[Example {
        sql: "SELECT corr(y, x) FROM (VALUES (1.0, 1.0), (3.0, 2.0), (2.0, 3.0), (5.0, 4.0)) t(y, x)",
        prints: "0.8315218406202999",
    }],
    implementation: Implementation::Aggregate(|| of_two(&RECORD, Finish::Double(finish))),
};

fn finish(moments: &Moments) -> Option<f64> {
    if moments.count < 1.0 || moments.squares_x == 0.0 || moments.squares_y == 0.0 {
        return None;
    }
    Some(moments.products / (moments.squares_x * moments.squares_y).sqrt())
}
