//! `timezone_local(…)`.

use super::timezone::offset;
use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::Error;
use census_types::time::{TimeFault, Zone};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "timezone_local",
    syntax: "timezone_local(text, timestamp) → timestamp\ntimezone_local(interval, timestamp) → timestamp",
    summary: "Returns what clocks in a time zone show at a moment in UTC; AT TIME ZONE of now(), a TIMESTAMPTZ and the like stands for it.",
    examples: &[
        Example {
            sql: "SELECT timezone_local('America/New_York', TIMESTAMP '2025-07-10 12:00:00')",
            prints: "2025-07-10 08:00:00",
        },
        Example {
            sql: "SELECT TIMESTAMPTZ '2025-07-10 12:00:00+00' AT TIME ZONE 'Asia/Tokyo'",
            prints: "2025-07-10 21:00:00",
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
        values.map(|(zone, timestamp)| local(Zone::named(zone)?, timestamp)).transpose()
    })
}

fn of_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (zones, timestamps) = (arguments.intervals(0)?, arguments.timestamps(1)?);
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        let Some((zone, timestamp)) = zones.value(row).zip(timestamps.value(row)) else {
            return Ok(None);
        };
        Ok(Some(local(offset(zone.into())?, timestamp)?))
    })
}

fn local(zone: Zone, moment: i64) -> Result<i64, TimeFault> {
    zone.to_local(moment).ok_or(TimeFault::timestamp())
}
