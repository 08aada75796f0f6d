//! `date::timestamp`.

use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::time::values::primitives;
use census_types::time::{MICROSECONDS_A_DAY, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Casts,
    name: "__timestamp_of_date",
    syntax: "",
    summary: "Returns the midnight with which a date begins; 22008 where no timestamp is so late.",
    examples: &[Example {
        sql: "SELECT DATE '2025-01-02'::timestamp",
        prints: "2025-01-02 00:00:00",
    }],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Date],
        Parameter::Timestamp,
        timestamp_of_date,
    )]),
};

fn timestamp_of_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let dates = arguments.dates(0)?;
    primitives::<TimestampMicrosecondType, _>(arguments.rows(), |row| {
        dates.value(row).map(midnight).transpose()
    })
}

/// Returns the first microsecond of a day.
pub(in crate::functions) fn midnight(days: i32) -> Result<i64, TimeFault> {
    i64::from(days).checked_mul(MICROSECONDS_A_DAY).ok_or(TimeFault::OutOfRange { what: "date" })
}
