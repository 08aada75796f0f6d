//! `make_time(…)`.

use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::time::MICROSECONDS_A_DAY;
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Time64MicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "make_time",
    syntax: "make_time(bigint, bigint, double precision) → time",
    summary: "Makes a time of day of hour, minute and second.",
    examples: &[Example { sql: "SELECT make_time(8, 15, 23.5)", prints: "08:15:23.5" }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint, Parameter::DoublePrecision],
        Parameter::Time,
        make_time,
    )]),
};

fn make_time(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (hours, minutes) = (arguments.bigints(0)?, arguments.bigints(1)?);
    let seconds = arguments.doubles(2)?;
    primitives::<Time64MicrosecondType, Error>(arguments.rows(), |row| {
        let values = hours.value(row).zip(minutes.value(row)).zip(seconds.value(row));
        values.map(|((hour, minute), second)| checked(hour, minute, second)).transpose()
    })
}

/// Returns the microseconds since midnight of a time that exists; 24:00:00 does.
#[expect(clippy::cast_possible_truncation, reason = "checked to be at most a minute")]
pub(super) fn checked(hour: i64, minute: i64, second: f64) -> Result<i64, Error> {
    let fields =
        (0..=24).contains(&hour) && (0..=59).contains(&minute) && (0.0..=60.0).contains(&second);
    let of_minute = if fields { (second * 1_000_000.0).round_ties_even() as i64 } else { 0 };
    let time = if fields { (hour * 60 + minute) * 60_000_000 + of_minute } else { i64::MAX };
    if time > MICROSECONDS_A_DAY {
        let message = format!("time field value out of range: {hour}:{minute:02}:{second:02}");
        return Err(Error::new(SqlState::DatetimeFieldOverflow, message));
    }
    Ok(time)
}
