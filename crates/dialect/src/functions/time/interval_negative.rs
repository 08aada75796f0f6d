//! `- interval`.

use super::values::intervals;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "__interval_negative",
    syntax: "",
    summary: "Turns the signs of all parts of an interval.",
    examples: &[Example { sql: "SELECT - INTERVAL '1 day -1 hour'", prints: "-1 days +01:00:00" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval],
        Parameter::Interval,
        interval_negative,
    )]),
};

fn interval_negative(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let spans = arguments.intervals(0)?;
    intervals(arguments.rows(), |row| {
        spans.value(row).map(|span| Span::from(span).negated()).transpose()
    })
}
