//! `make_timestamp(…)`.

use super::values::primitives;
use super::{make_date, make_time};
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::Error;
use census_types::time::{MICROSECONDS_A_DAY, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "make_timestamp",
    syntax: "make_timestamp(bigint, bigint, bigint, bigint, bigint, double precision) → timestamp",
    summary: "Makes a timestamp of year, month, day, hour, minute and second.",
    examples: &[Example {
        sql: "SELECT make_timestamp(2025, 7, 5, 16, 7, 8.5)",
        prints: "2025-07-05 16:07:08.5",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[
            Parameter::Bigint,
            Parameter::Bigint,
            Parameter::Bigint,
            Parameter::Bigint,
            Parameter::Bigint,
            Parameter::DoublePrecision,
        ],
        Parameter::Timestamp,
        make_timestamp,
    )]),
};

fn make_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    primitives::<TimestampMicrosecondType, Error>(arguments.rows(), made(arguments)?)
}

/// Returns what makes the timestamp of a row.
pub(super) fn made(
    arguments: &Arguments<'_>,
) -> Result<impl Fn(usize) -> Result<Option<i64>, Error>> {
    let (years, months, days) =
        (arguments.bigints(0)?, arguments.bigints(1)?, arguments.bigints(2)?);
    let (hours, minutes, seconds) =
        (arguments.bigints(3)?, arguments.bigints(4)?, arguments.doubles(5)?);
    Ok(move |row| {
        let date = years.value(row).zip(months.value(row)).zip(days.value(row));
        let time = hours.value(row).zip(minutes.value(row)).zip(seconds.value(row));
        let Some((((year, month), day), ((hour, minute), second))) = date.zip(time) else {
            return Ok(None);
        };
        let midnight = make_date::checked(year, month, day)?.checked_mul(MICROSECONDS_A_DAY);
        let time = make_time::checked(hour, minute, second)?;
        let timestamp = midnight.and_then(|midnight| midnight.checked_add(time));
        Ok(Some(timestamp.ok_or(TimeFault::timestamp())?))
    })
}
