//! `timestamp::date`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::time::values::primitives;
use census_types::time::{MICROSECONDS_A_DAY, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Date32Type;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__date_of_timestamp",
    syntax: "",
    summary: "Returns the day of a timestamp.",
    examples: &[Example {
        sql: "SELECT TIMESTAMP '2025-01-02 23:59:59'::date",
        prints: "2025-01-02",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Timestamp],
        Parameter::Date,
        date_of_timestamp,
    )]),
};

fn date_of_timestamp(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let timestamps = arguments.timestamps(0)?;
    primitives::<Date32Type, _>(arguments.rows(), |row| timestamps.value(row).map(day).transpose())
}

/// Returns the day of a timestamp.
pub(in crate::functions) fn day(microseconds: i64) -> Result<i32, TimeFault> {
    i32::try_from(microseconds.div_euclid(MICROSECONDS_A_DAY))
        .map_err(|_| TimeFault::OutOfRange { what: "date" })
}
