//! `timestamp - timestamp` and the like: `-`.

use super::plus::later;
use super::values::{intervals, primitives};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::{MICROSECONDS_A_DAY, Span, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{
    Date32Type, Int64Type, Time64MicrosecondType, TimestampMicrosecondType,
};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "__time_minus",
    syntax: "",
    summary: "Subtracts an interval, days, or a value of the same type from a timestamp, date, time or interval.",
    examples: &[
        Example {
            sql: "SELECT TIMESTAMP '2025-03-31' - INTERVAL '1 month'",
            prints: "2025-02-28 00:00:00",
        },
        Example {
            sql: "SELECT TIMESTAMP '2025-01-03' - TIMESTAMP '2025-01-01 12:00'",
            prints: "1 day 12:00:00",
        },
        Example { sql: "SELECT DATE '2025-03-01' - DATE '2025-02-01'", prints: "28" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Timestamp, Parameter::Timestamp],
            Parameter::Interval,
            timestamps,
        ),
        Overload::strict(
            &[Parameter::Timestamp, Parameter::Interval],
            Parameter::Timestamp,
            from_timestamp,
        ),
        Overload::strict(
            &[Parameter::Interval, Parameter::Interval],
            Parameter::Interval,
            from_interval,
        ),
        Overload::strict(&[Parameter::Date, Parameter::Date], Parameter::Bigint, dates),
        Overload::strict(&[Parameter::Date, Parameter::Bigint], Parameter::Date, days_from_date),
        Overload::strict(
            &[Parameter::Date, Parameter::Interval],
            Parameter::Timestamp,
            from_timestamp,
        ),
        Overload::strict(&[Parameter::Time, Parameter::Time], Parameter::Interval, times),
        Overload::strict(&[Parameter::Time, Parameter::Interval], Parameter::Time, from_time),
    ]),
};

fn timestamps(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lefts, rights) = (arguments.timestamps(0)?, arguments.timestamps(1)?);
    intervals(arguments.rows(), |row| {
        let values = lefts.value(row).zip(rights.value(row));
        values.map(|(to, from)| Span::between(from, to)).transpose()
    })
}

fn from_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (timestamps, spans) = (arguments.timestamps(0)?, arguments.intervals(1)?);
    primitives::<TimestampMicrosecondType, TimeFault>(arguments.rows(), |row| {
        let values = timestamps.value(row).zip(spans.value(row));
        values.map(|(timestamp, span)| Span::from(span).negated()?.after(timestamp)).transpose()
    })
}

fn from_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lefts, rights) = (arguments.intervals(0)?, arguments.intervals(1)?);
    intervals(arguments.rows(), |row| {
        let values = lefts.value(row).zip(rights.value(row));
        values.map(|(left, right)| Span::from(left).minus(right.into())).transpose()
    })
}

fn dates(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lefts, rights) = (arguments.dates(0)?, arguments.dates(1)?);
    primitives::<Int64Type, TimeFault>(arguments.rows(), |row| {
        let values = lefts.value(row).zip(rights.value(row));
        Ok(values.map(|(left, right)| i64::from(left) - i64::from(right)))
    })
}

fn days_from_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (dates, numbers) = (arguments.dates(0)?, arguments.bigints(1)?);
    primitives::<Date32Type, TimeFault>(arguments.rows(), |row| {
        let values = dates.value(row).zip(numbers.value(row));
        values.map(|(date, days)| later(date, days.checked_neg())).transpose()
    })
}

fn times(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (lefts, rights) = (arguments.times(0)?, arguments.times(1)?);
    intervals(arguments.rows(), |row| {
        let values = lefts.value(row).zip(rights.value(row));
        Ok(values.map(|(left, right)| Span { microseconds: left - right, ..Span::default() }))
    })
}

fn from_time(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (times, spans) = (arguments.times(0)?, arguments.intervals(1)?);
    primitives::<Time64MicrosecondType, TimeFault>(arguments.rows(), |row| {
        let values = times.value(row).zip(spans.value(row));
        Ok(values.map(|(time, span)| {
            let part = Span::from(span).microseconds % MICROSECONDS_A_DAY;
            (time - part).rem_euclid(MICROSECONDS_A_DAY)
        }))
    })
}
