//! `timestamp + interval` and the like: `+`.

use super::values::{intervals, primitives};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::{MICROSECONDS_A_DAY, Span, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{Date32Type, Time64MicrosecondType, TimestampMicrosecondType};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "__time_plus",
    syntax: "",
    summary: "Adds an interval, days or a time to a timestamp, date, time or interval.",
    examples: &[
        Example {
            sql: "SELECT TIMESTAMP '2025-01-31' + INTERVAL '1 month'",
            prints: "2025-02-28 00:00:00",
        },
        Example { sql: "SELECT DATE '2025-01-02' + 3", prints: "2025-01-05" },
        Example { sql: "SELECT INTERVAL '1 day' + INTERVAL '1 hour'", prints: "1 day 01:00:00" },
        Example { sql: "SELECT DATE '2025-01-02' + TIME '10:00'", prints: "2025-01-02 10:00:00" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Timestamp, Parameter::Interval],
            Parameter::Timestamp,
            to_timestamp,
        ),
        Overload::strict(
            &[Parameter::Interval, Parameter::Interval],
            Parameter::Interval,
            to_interval,
        ),
        Overload::strict(&[Parameter::Date, Parameter::Bigint], Parameter::Date, days_to_date),
        Overload::strict(
            &[Parameter::Date, Parameter::Interval],
            Parameter::Timestamp,
            to_timestamp,
        ),
        Overload::strict(&[Parameter::Date, Parameter::Time], Parameter::Timestamp, time_to_date),
        Overload::strict(&[Parameter::Time, Parameter::Interval], Parameter::Time, to_time),
    ]),
};

fn to_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (timestamps, spans) = (arguments.timestamps(0)?, arguments.intervals(1)?);
    primitives::<TimestampMicrosecondType, TimeFault>(arguments.rows(), |row| {
        let values = timestamps.value(row).zip(spans.value(row));
        values.map(|(timestamp, span)| Span::from(span).after(timestamp)).transpose()
    })
}

fn to_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lefts, rights) = (arguments.intervals(0)?, arguments.intervals(1)?);
    intervals(arguments.rows(), |row| {
        let values = lefts.value(row).zip(rights.value(row));
        values.map(|(left, right)| Span::from(left).plus(right.into())).transpose()
    })
}

fn days_to_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (dates, numbers) = (arguments.dates(0)?, arguments.bigints(1)?);
    primitives::<Date32Type, TimeFault>(arguments.rows(), |row| {
        let values = dates.value(row).zip(numbers.value(row));
        values.map(|(date, days)| later(date, Some(days))).transpose()
    })
}

/// Returns the date a number of days later.
pub(super) fn later(date: i32, days: Option<i64>) -> Result<i32, TimeFault> {
    let sum = days.and_then(|days| i64::from(date).checked_add(days));
    let is_held = |days: &i64| (FIRST_DATE..=LAST_DATE).contains(days);
    sum.filter(is_held)
        .and_then(|days| i32::try_from(days).ok())
        .ok_or(TimeFault::OutOfRange { what: "date" })
}

/// The first and the last date of PostgreSQL, 4714-11-24 BC and 5874897-12-31.
const FIRST_DATE: i64 = -2_440_588;
const LAST_DATE: i64 = 2_145_042_905;

fn time_to_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (timestamps, times) = (arguments.timestamps(0)?, arguments.times(1)?);
    primitives::<TimestampMicrosecondType, TimeFault>(arguments.rows(), |row| {
        let values = timestamps.value(row).zip(times.value(row));
        let sum = values.map(|(midnight, time)| midnight.checked_add(time));
        sum.map(|sum| sum.ok_or(TimeFault::timestamp())).transpose()
    })
}

fn to_time(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (times, spans) = (arguments.times(0)?, arguments.intervals(1)?);
    primitives::<Time64MicrosecondType, TimeFault>(arguments.rows(), |row| {
        let values = times.value(row).zip(spans.value(row));
        Ok(values.map(|(time, span)| {
            let part = Span::from(span).microseconds % MICROSECONDS_A_DAY;
            (time + part).rem_euclid(MICROSECONDS_A_DAY)
        }))
    })
}
