//! `justify_days(…)`.

use super::values::intervals;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "justify_days",
    syntax: "justify_days(interval) → interval",
    summary: "Makes months of every 30 days.",
    examples: &[Example { sql: "SELECT justify_days(INTERVAL '35 days')", prints: "1 mon 5 days" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval],
        Parameter::Interval,
        justify_days,
    )]),
};

fn justify_days(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let spans = arguments.intervals(0)?;
    intervals(arguments.rows(), |row| {
        spans.value(row).map(|span| Span::from(span).with_justified_days()).transpose()
    })
}
