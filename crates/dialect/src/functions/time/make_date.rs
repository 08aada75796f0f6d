//! `make_date(…)`.

use super::values::primitives;
use crate::functions::argument::Arguments;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_error::{Error, SqlState};
use census_types::time::{TimeFault, days_in_month, days_of_date};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::datatypes::Date32Type;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "make_date",
    syntax: "make_date(bigint, bigint, bigint) → date",
    summary: "Makes a date of year, month and day; years before 1 are BC.",
    examples: &[
        Example { sql: "SELECT make_date(2025, 7, 5)", prints: "2025-07-05" },
        Example { sql: "SELECT make_date(-44, 3, 15)", prints: "0044-03-15 BC" },
    ],
    implementation: Implementation::Kernels(&[Overload::strict(
        &[Parameter::Bigint, Parameter::Bigint, Parameter::Bigint],
        Parameter::Date,
        make_date,
    )]),
};

fn make_date(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let (years, months, days) =
        (arguments.bigints(0)?, arguments.bigints(1)?, arguments.bigints(2)?);
    primitives::<Date32Type, Error>(arguments.rows(), |row| {
        let values = years.value(row).zip(months.value(row)).zip(days.value(row));
        let Some(((year, month), day)) = values else {
            return Ok(None);
        };
        let date = checked(year, month, day)?;
        Ok(Some(i32::try_from(date).map_err(|_| TimeFault::OutOfRange { what: "date" })?))
    })
}

/// Returns the days since 1970 of a date that exists.
pub(super) fn checked(year: i64, month: i64, day: i64) -> Result<i64, Error> {
    // The year -1 is 1 BC, and there is no year 0.
    let astronomical = if year < 0 { year + 1 } else { year };
    let exists = year != 0
        && (-4_714..=5_874_897).contains(&year)
        && (1..=12).contains(&month)
        && day >= 1
        && day <= days_in_month(astronomical, month);
    if !exists {
        let message = format!("date field value out of range: {year}-{month:02}-{day:02}");
        return Err(Error::new(SqlState::DatetimeFieldOverflow, message));
    }
    Ok(days_of_date(astronomical, month, day))
}
