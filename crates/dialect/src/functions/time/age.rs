//! `age(…)`.

use super::values::intervals;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "age",
    syntax: "age(timestamp, timestamp) → interval",
    summary: "Returns years, months, days and time from the second timestamp to the first.",
    examples: &[Example {
        sql: "SELECT age(TIMESTAMP '2001-04-10', TIMESTAMP '1957-06-13')",
        prints: "43 years 9 mons 27 days",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Timestamp, Parameter::Timestamp],
        Parameter::Interval,
        age,
    )]),
};

fn age(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (ends, beginnings) = (arguments.timestamps(0)?, arguments.timestamps(1)?);
    intervals(arguments.rows(), |row| {
        let values = ends.value(row).zip(beginnings.value(row));
        values.map(|(to, from)| Span::age(from, to)).transpose()
    })
}
