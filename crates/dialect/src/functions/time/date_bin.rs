//! `date_bin(…)`.

use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::time::{MINIMUM_TIMESTAMP, Span, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "date_bin",
    syntax: "date_bin(interval, timestamp, timestamp) → timestamp",
    summary: "Returns the beginning of the bin of some width, counted from an origin, that a timestamp lies in.",
    examples: &[Example {
        sql: "SELECT DATE_BIN('15 minutes', TIMESTAMP '2025-09-15 12:34:56', TIMESTAMP '2025-01-01')",
        prints: "2025-09-15 12:30:00",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Interval, Parameter::Timestamp, Parameter::Timestamp],
        Parameter::Timestamp,
        date_bin,
    )]),
};

fn date_bin(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let strides = arguments.intervals(0)?;
    let (timestamps, origins) = (arguments.timestamps(1)?, arguments.timestamps(2)?);
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        let values = strides.value(row).zip(timestamps.value(row)).zip(origins.value(row));
        values
            .map(|((stride, timestamp), origin)| bin(stride.into(), timestamp, origin))
            .transpose()
    })
}

fn bin(stride: Span, timestamp: i64, origin: i64) -> Result<i64, Error> {
    if stride.months != 0 {
        let message = "timestamps cannot be binned into intervals containing months or years";
        return Err(Error::new(SqlState::FeatureNotSupported, message));
    }
    let width = i64::try_from(stride.length()).map_err(|_| TimeFault::interval())?;
    if width <= 0 {
        let message = "stride must be greater than zero";
        return Err(Error::new(SqlState::DatetimeFieldOverflow, message));
    }
    let distance = timestamp.checked_sub(origin).ok_or(TimeFault::interval())?;
    let start = timestamp.checked_sub(distance.rem_euclid(width));
    let is_held = |start: &i64| *start >= MINIMUM_TIMESTAMP;
    Ok(start.filter(is_held).ok_or(TimeFault::timestamp())?)
}
