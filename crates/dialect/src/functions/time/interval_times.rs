//! `interval * number`.

use super::values::intervals;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "__interval_times",
    syntax: "",
    summary: "Multiplies an interval; fractions of months become days, fractions of days time.",
    examples: &[
        Example { sql: "SELECT INTERVAL '1 hour' * 2", prints: "02:00:00" },
        Example { sql: "SELECT 1.5 * INTERVAL '1 month'", prints: "1 mon 15 days" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval, Parameter::DoublePrecision],
        Parameter::Interval,
        interval_times,
    )]),
};

fn interval_times(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (spans, factors) = (arguments.intervals(0)?, arguments.doubles(1)?);
    intervals(arguments.rows(), |row| {
        let values = spans.value(row).zip(factors.value(row));
        values.map(|(span, factor)| Span::from(span).times(factor)).transpose()
    })
}
