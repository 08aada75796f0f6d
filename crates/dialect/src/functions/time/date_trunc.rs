//! `date_trunc(…)`.

use super::truncation;
use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::Error;
use census_types::time::{TimeFault, Zone};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::{IntervalMonthDayNanoType, TimestampMicrosecondType};
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "date_trunc",
    syntax: "date_trunc(text, timestamp) → timestamp\ndate_trunc(text, timestamp, text) → timestamp\ndate_trunc(text, interval) → interval",
    summary: "Cuts a timestamp to the beginning of a unit, in a time zone if one is given, or an interval to whole units.",
    examples: &[
        Example {
            sql: "SELECT date_trunc('hours', TIMESTAMP '2025-07-10 12:34:56')",
            prints: "2025-07-10 12:00:00",
        },
        Example {
            sql: "SELECT date_trunc('week', TIMESTAMP '2025-07-10 12:34:56')",
            prints: "2025-07-07 00:00:00",
        },
        Example {
            sql: "SELECT date_trunc('day', TIMESTAMP '2025-07-10 02:00:00', 'America/New_York')",
            prints: "2025-07-09 04:00:00",
        },
        Example {
            sql: "SELECT date_trunc('hour', INTERVAL '1 day 02:03:04')",
            prints: "1 day 02:00:00",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[Parameter::Text, Parameter::Timestamp],
            Parameter::Timestamp,
            of_timestamp,
        ),
        Overload::strict(&[Parameter::Text, Parameter::Interval], Parameter::Interval, of_interval),
        Overload::strict(
            &[Parameter::Text, Parameter::Timestamp, Parameter::Text],
            Parameter::Timestamp,
            in_zone,
        ),
    ]),
};

fn of_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (units, timestamps) = (arguments.text(0)?, arguments.timestamps(1)?);
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        let values = units.value(row).zip(timestamps.value(row));
        values.map(|(unit, timestamp)| truncation::of_timestamp(unit, timestamp)).transpose()
    })
}

fn of_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (units, spans) = (arguments.text(0)?, arguments.intervals(1)?);
    primitives::<IntervalMonthDayNanoType, Error>(arguments.rows(), |row| {
        let Some((unit, span)) = units.value(row).zip(spans.value(row)) else {
            return Ok(None);
        };
        Ok(Some(truncation::of_interval(unit, span.into())?.to_arrow()?))
    })
}

fn in_zone(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (units, timestamps) = (arguments.text(0)?, arguments.timestamps(1)?);
    let zones = arguments.text(2)?;
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        let values = units.value(row).zip(timestamps.value(row)).zip(zones.value(row));
        let Some(((unit, timestamp), zone)) = values else {
            return Ok(None);
        };
        let zone = Zone::named(zone)?;
        let local = zone.to_local(timestamp).ok_or(TimeFault::timestamp())?;
        let start = truncation::of_timestamp(unit, local)?;
        Ok(Some(zone.to_utc(start).ok_or(TimeFault::timestamp())?))
    })
}
