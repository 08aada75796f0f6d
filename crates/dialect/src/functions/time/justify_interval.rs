//! `justify_interval(…)`.

use super::values::intervals;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "justify_interval",
    syntax: "justify_interval(interval) → interval",
    summary: "Makes days of hours and months of days, and gives all parts one sign.",
    examples: &[Example {
        sql: "SELECT justify_interval(INTERVAL '1 mon -1 hour')",
        prints: "29 days 23:00:00",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval],
        Parameter::Interval,
        justify_interval,
    )]),
};

fn justify_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let spans = arguments.intervals(0)?;
    intervals(arguments.rows(), |row| {
        spans.value(row).map(|span| Span::from(span).justified()).transpose()
    })
}
