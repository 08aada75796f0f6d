//! `interval < interval`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::Span;
use datafusion::arrow::array::{ArrayRef, AsArray, Decimal128Array};
use datafusion::arrow::datatypes::{IntervalMonthDayNano, IntervalMonthDayNanoType};
use datafusion::common::Result;
use std::sync::Arc;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "__interval_length",
    syntax: "",
    summary: "Returns the microseconds that intervals are compared by; a month has 30 days, a day 24 hours.",
    examples: &[
        Example { sql: "SELECT INTERVAL '30 days' = INTERVAL '1 month'", prints: "t" },
        Example { sql: "SELECT INTERVAL '1 month' < INTERVAL '31 days'", prints: "t" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval],
        Parameter::IntervalLength,
        interval_length,
    )]),
};

fn interval_length(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let spans = arguments.intervals(0)?;
    lengths((0..arguments.rows()).map(|row| spans.value(row)))
}

/// Returns the lengths of intervals; values of any other type stay as they are.
pub(in crate::functions) fn of_intervals(values: &ArrayRef) -> Result<ArrayRef> {
    match values.as_primitive_opt::<IntervalMonthDayNanoType>() {
        Some(intervals) => lengths(intervals.iter()),
        None => Ok(Arc::clone(values)),
    }
}

fn lengths(intervals: impl Iterator<Item = Option<IntervalMonthDayNano>>) -> Result<ArrayRef> {
    let lengths: Decimal128Array =
        intervals.map(|interval| interval.map(|interval| Span::from(interval).length())).collect();
    Ok(Arc::new(lengths.with_precision_and_scale(38, 0)?))
}
