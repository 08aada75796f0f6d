//! `make_interval(…)`.

use super::values::intervals;
use crate::functions::argument::{Argument, Arguments};
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use census_types::time::{Span, TimeFault};
use datafusion::arrow::array::ArrayRef;
use datafusion::arrow::array::Float64Array;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Time,
    name: "make_interval",
    syntax: "make_interval() → interval\nmake_interval(years bigint) → interval\nmake_interval(years bigint, months bigint, weeks bigint, days bigint, hours bigint, mins bigint, secs double precision) → interval",
    summary: "Makes an interval of years, months, weeks, days, hours, minutes and seconds; those at the end may be left out.",
    examples: &[
        Example { sql: "SELECT make_interval(1, 2, 0, 3)", prints: "1 year 2 mons 3 days" },
        Example { sql: "SELECT make_interval(0, 0, 0, 0, 0, 0, 1.5)", prints: "00:00:01.5" },
    ],
    implementation: Implementation::Kernels(&[
        Overload::strict(&[], Parameter::Interval, make_interval),
        Overload::strict(&[Parameter::Bigint], Parameter::Interval, make_interval),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Bigint],
            Parameter::Interval,
            make_interval,
        ),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Bigint, Parameter::Bigint],
            Parameter::Interval,
            make_interval,
        ),
        Overload::strict(
            &[Parameter::Bigint, Parameter::Bigint, Parameter::Bigint, Parameter::Bigint],
            Parameter::Interval,
            make_interval,
        ),
        Overload::strict(
            &[
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
            ],
            Parameter::Interval,
            make_interval,
        ),
        Overload::strict(
            &[
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
            ],
            Parameter::Interval,
            make_interval,
        ),
        Overload::strict(
            &[
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::Bigint,
                Parameter::DoublePrecision,
            ],
            Parameter::Interval,
            with_seconds,
        ),
    ]),
};

fn make_interval(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    made(arguments, None)
}

fn with_seconds(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    made(arguments, Some(&arguments.doubles(6)?))
}

fn made(arguments: &Arguments<'_>, seconds: Option<&Argument<Float64Array>>) -> Result<ArrayRef> {
    let count = if seconds.is_some() { 6 } else { arguments.count() };
    let numbers = (0..count).map(|index| arguments.bigints(index)).collect::<Result<Vec<_>>>()?;
    intervals(arguments.rows(), |row| {
        let mut parts = [0; 6];
        for (part, number) in parts.iter_mut().zip(&numbers) {
            let Some(value) = number.value(row) else { return Ok(None) };
            *part = value;
        }
        let second = match seconds {
            Some(seconds) => {
                let Some(second) = seconds.value(row) else { return Ok(None) };
                second
            }
            None => 0.0,
        };
        span(parts, second).ok_or(TimeFault::interval()).map(Some)
    })
}

/// Returns the interval of years, months, weeks, days, hours, minutes, and seconds.
#[expect(clippy::cast_possible_truncation, reason = "checked to be in range")]
fn span([years, months, weeks, days, hours, minutes]: [i64; 6], seconds: f64) -> Option<Span> {
    let fraction = (seconds * 1_000_000.0).round_ties_even();
    if fraction.is_nan() || fraction.abs() >= 9.0e18 {
        return None;
    }
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    Some(Span {
        months: i32::try_from(years.checked_mul(12)?.checked_add(months)?).ok()?,
        days: i32::try_from(weeks.checked_mul(7)?.checked_add(days)?).ok()?,
        microseconds: minutes.checked_mul(60_000_000)?.checked_add(fraction as i64)?,
    })
}
