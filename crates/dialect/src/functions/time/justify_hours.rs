//! `justify_hours(…)`.

use super::values::intervals;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "justify_hours",
    syntax: "justify_hours(interval) → interval",
    summary: "Makes days of every 24 hours.",
    examples: &[Example {
        sql: "SELECT justify_hours(INTERVAL '27 hours')",
        prints: "1 day 03:00:00",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval],
        Parameter::Interval,
        justify_hours,
    )]),
};

fn justify_hours(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let spans = arguments.intervals(0)?;
    intervals(arguments.rows(), |row| {
        spans.value(row).map(|span| Span::from(span).with_justified_hours()).transpose()
    })
}
