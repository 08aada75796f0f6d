//! `make_timestamptz(…)`.

use super::make_timestamp::made;
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
    name: "make_timestamptz",
    syntax: "make_timestamptz(bigint, bigint, bigint, bigint, bigint, double precision) → timestamp\nmake_timestamptz(bigint, bigint, bigint, bigint, bigint, double precision, text) → timestamp",
    summary: "Makes a timestamp of year, month, day, hour, minute and second, by the clocks of a time zone if one is given.",
    examples: &[
        Example {
            sql: "SELECT make_timestamptz(2025, 7, 5, 16, 7, 8.5)",
            prints: "2025-07-05 16:07:08.5",
        },
        Example {
            sql: "SELECT make_timestamptz(2025, 7, 5, 16, 7, 8.5, 'America/New_York')",
            prints: "2025-07-05 20:07:08.5",
        },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(
            &[
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::DoublePrecision,
            ],
            Parameter::Timestamp,
            make_timestamptz,
        ),
        Overload::strict(
            &[
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::DoublePrecision,
                Parameter::Text,
            ],
            Parameter::Timestamp,
            in_zone,
        ),
    ]),
};

fn make_timestamptz(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), made(arguments)?)
}

fn in_zone(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (made, zones) = (made(arguments)?, arguments.text(6)?);
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), |row| {
        let Some((local, zone)) = made(row)?.zip(zones.value(row)) else {
            return Ok(None);
        };
        Ok(Some(Zone::named(zone)?.to_utc(local).ok_or(TimeFault::timestamp())?))
    })
}
