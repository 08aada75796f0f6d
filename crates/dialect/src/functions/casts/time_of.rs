//! `timestamp::time` and `interval::time`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::time::values::primitives;
use census_types::time::{MICROSECONDS_A_DAY, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Time64MicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__time_of",
    syntax: "",
    summary: "Returns the time of day of a timestamp, or of an interval without its days.",
    examples: &[
        Example { sql: "SELECT TIMESTAMP '2025-01-02 03:04:05'::time", prints: "03:04:05" },
        Example { sql: "SELECT INTERVAL '-1 hour'::time", prints: "23:00:00" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[Parameter::Timestamp], Parameter::Time, of_timestamp),
        Overload::strict(&[Parameter::Interval], Parameter::Time, of_interval),
    ]),
};

fn of_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let timestamps = arguments.timestamps(0)?;
    primitives::<Time64MicrosecondType, TimeFault>(arguments.rows(), |row| {
        Ok(timestamps.value(row).map(|moment| moment.rem_euclid(MICROSECONDS_A_DAY)))
    })
}

fn of_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let intervals = arguments.intervals(0)?;
    primitives::<Time64MicrosecondType, TimeFault>(arguments.rows(), |row| {
        let microseconds = intervals.value(row).map(|interval| interval.nanoseconds / 1_000);
        Ok(microseconds.map(|microseconds| microseconds.rem_euclid(MICROSECONDS_A_DAY)))
    })
}
