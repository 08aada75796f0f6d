//! `random()`.

use crate::functions::record::{Example, FunctionRecord, Implementation, Section};

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Numbers,
    name: "random",
    syntax: "random() → double precision",
    summary: "Returns a number from 0 on and below 1, another one for every row.",
    examples: &[Example { sql: "SELECT random() BETWEEN 0 AND 1", prints: "t" }],
    implementation: Implementation::Scalar(datafusion::functions::math::random),
};
