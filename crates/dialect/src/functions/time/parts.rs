//! The parts of timestamps, intervals and times, as numbers.

use super::unit::{self, Unit};
use census_error::Error;
use census_types::time::{
    Civil, MICROSECONDS_A_DAY, Span, day_of_year, iso_week, iso_weekday, julian_day,
};

/// The seconds of 365.25 days.
const SECONDS_A_YEAR: f64 = 31_557_600.0;

/// Returns a part of a timestamp.
#[expect(
    clippy::cast_precision_loss,
    reason = "parts are far smaller than 2^53, except the epoch's, which rounds"
)]
pub(super) fn of_timestamp(name: &str, timestamp: i64) -> Result<f64, Error> {
    let civil = Civil::of_timestamp(timestamp);
    let days = civil.days();
    let whole = match Unit::named(name, unit::TIMESTAMP)? {
        Unit::Microsecond => civil.second * 1_000_000 + civil.microsecond,
        Unit::Millisecond => {
            return Ok(civil.second as f64 * 1_000.0 + civil.microsecond as f64 / 1_000.0);
        }
        Unit::Second => return Ok((civil.second * 1_000_000 + civil.microsecond) as f64 / 1e6),
        Unit::Minute => civil.minute,
        Unit::Hour => civil.hour,
        Unit::Day => civil.day,
        Unit::Week => iso_week(days).1,
        Unit::Month => civil.month,
        Unit::Quarter => (civil.month - 1) / 3 + 1,
        Unit::Year => of_era(civil.year),
        Unit::Decade => civil.year.div_euclid(10),
        Unit::Century => counted(civil.year, 100),
        Unit::Millennium => counted(civil.year, 1_000),
        Unit::IsoYear => of_era(iso_week(days).0),
        // From 1, Monday, to 7, Sunday: PostgreSQL counts from Sunday, 0.
        Unit::Weekday | Unit::IsoWeekday => iso_weekday(days),
        Unit::DayOfYear => day_of_year(days),
        Unit::Julian => {
            return Ok(julian_day(days) as f64 + civil.time() as f64 / MICROSECONDS_A_DAY as f64);
        }
        Unit::Epoch => return Ok(timestamp as f64 / 1e6),
        Unit::Timezone | Unit::TimezoneHour | Unit::TimezoneMinute => 0,
    };
    Ok(whole as f64)
}

/// Returns a part of a date; it has no hours.
pub(super) fn of_date(name: &str, midnight: i64) -> Result<f64, Error> {
    let unit = Unit::named(name, unit::DATE)?;
    if unit <= Unit::Hour || unit >= Unit::Timezone {
        return Err(unit::unsupported(name, unit::DATE));
    }
    of_timestamp(name, midnight)
}

/// Returns a part of an interval.
#[expect(clippy::cast_precision_loss, reason = "as for timestamps")]
pub(super) fn of_interval(name: &str, span: Span) -> Result<f64, Error> {
    let (years, months) = (i64::from(span.months / 12), i64::from(span.months % 12));
    let microseconds = span.microseconds;
    let of_minute = microseconds % 60_000_000;
    let whole = match Unit::named(name, unit::INTERVAL)? {
        Unit::Microsecond => of_minute,
        Unit::Millisecond => return Ok(of_minute as f64 / 1_000.0),
        Unit::Second => return Ok(of_minute as f64 / 1e6),
        Unit::Minute => microseconds / 60_000_000 % 60,
        Unit::Hour => microseconds / 3_600_000_000,
        Unit::Day => span.days.into(),
        Unit::Month => months,
        Unit::Quarter => months / 3 + 1,
        Unit::Year => years,
        Unit::Decade => years / 10,
        Unit::Century => years / 100,
        Unit::Millennium => years / 1_000,
        Unit::Epoch => {
            let days = months as f64 * 30.0 + f64::from(span.days);
            let whole = years as f64 * SECONDS_A_YEAR + days * 86_400.0;
            return Ok(whole + microseconds as f64 / 1e6);
        }
        _ => return Err(unit::unsupported(name, unit::INTERVAL)),
    };
    Ok(whole as f64)
}

/// Returns a part of a time of day.
#[expect(clippy::cast_precision_loss, reason = "a day has fewer microseconds than 2^53")]
pub(super) fn of_time(name: &str, time: i64) -> Result<f64, Error> {
    let of_minute = time % 60_000_000;
    Ok(match Unit::named(name, unit::TIME)? {
        Unit::Microsecond => of_minute as f64,
        Unit::Millisecond => of_minute as f64 / 1_000.0,
        Unit::Second => of_minute as f64 / 1e6,
        Unit::Minute => (time / 60_000_000 % 60) as f64,
        Unit::Hour => (time / 3_600_000_000) as f64,
        Unit::Epoch => time as f64 / 1e6,
        _ => return Err(unit::unsupported(name, unit::TIME)),
    })
}

/// Returns the year as people number it: before 1 comes -1.
pub(super) fn of_era(year: i64) -> i64 {
    if year > 0 { year } else { year - 1 }
}

/// Returns which century or millennium a year lies in; the first begins with the year 1, the one before it is -1.
pub(super) fn counted(year: i64, length: i64) -> i64 {
    if year > 0 { (year + length - 1) / length } else { -((length - year) / length) }
}
