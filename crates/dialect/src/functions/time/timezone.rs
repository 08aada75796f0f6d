//! `timezone(…)`.

use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::time::{Span, TimeFault, Zone};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "timezone",
    syntax: "timezone(text, timestamp) → timestamp\ntimezone(interval, timestamp) → timestamp",
    summary: "Returns the moment in UTC at which clocks in a time zone show a timestamp; AT TIME ZONE stands for it.",
    examples: &[
        Example {
            sql: "SELECT timezone('America/New_York', TIMESTAMP '2025-07-10 12:00:00')",
            prints: "2025-07-10 16:00:00",
        },
        Example {
            sql: "SELECT TIMESTAMP '2025-07-10 12:00:00' AT TIME ZONE 'Asia/Tokyo'",
            prints: "2025-07-10 03:00:00",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Text, Parameter::Timestamp], Parameter::Timestamp, of_name),
        Overload::strict(
            &[Parameter::Interval, Parameter::Timestamp],
            Parameter::Timestamp,
            of_interval,
        ),
    ]),
};

fn of_name(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (zones, timestamps) = (arguments.text(0)?, arguments.timestamps(1)?);
    primitives::<TimestampMicrosecondType, TimeFault>(arguments.rows(), |row| {
        let values = zones.value(row).zip(timestamps.value(row));
        values.map(|(zone, timestamp)| moment(Zone::named(zone)?, timestamp)).transpose()
    })
}

fn of_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (zones, timestamps) = (arguments.intervals(0)?, arguments.timestamps(1)?);
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        let Some((zone, timestamp)) = zones.value(row).zip(timestamps.value(row)) else {
            return Ok(None);
        };
        Ok(Some(moment(offset(zone.into())?, timestamp)?))
    })
}

fn moment(zone: Zone, local: i64) -> Result<i64, TimeFault> {
    zone.to_utc(local).ok_or(TimeFault::timestamp())
}

/// Returns the zone that is an interval east of UTC.
pub(super) fn offset(span: Span) -> Result<Zone, Error> {
    if span.months != 0 || span.days != 0 {
        let mut text = String::new();
        span.write(&mut text);
        let message = format!("interval time zone \"{text}\" must not include months or days");
        return Err(Error::new(SqlState::InvalidParameterValue, message));
    }
    Ok(Zone::Fixed(span.microseconds / 1_000_000))
}
