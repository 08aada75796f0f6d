//! Timestamps and intervals cut to a unit.

use super::parts::counted;
use super::unit::{self, Unit};
use census_error::Error;
use census_types::time::{Civil, MICROSECONDS_A_DAY, Span, TimeFault, iso_weekday};

/// Returns how many microseconds a unit of time has, or `None` for a unit of the calendar.
fn microseconds(unit: Unit) -> Option<i64> {
    Some(match unit {
        Unit::Microsecond => 1,
        Unit::Millisecond => 1_000,
        Unit::Second => 1_000_000,
        Unit::Minute => 60_000_000,
        Unit::Hour => 3_600_000_000,
        Unit::Day => MICROSECONDS_A_DAY,
        _ => return None,
    })
}

/// Returns the beginning of the unit that a timestamp lies in.
pub(super) fn of_timestamp(name: &str, timestamp: i64) -> Result<i64, Error> {
    let unit = Unit::named(name, unit::TIMESTAMP)?;
    if let Some(length) = microseconds(unit) {
        return Ok(timestamp.div_euclid(length) * length);
    }
    let Civil { year, month, .. } = Civil::of_timestamp(timestamp);
    let days = timestamp.div_euclid(MICROSECONDS_A_DAY);
    let (year, month) = match unit {
        Unit::Week => return in_range(days - iso_weekday(days) + 1),
        Unit::IsoYear => {
            let (year, _) = census_types::time::iso_week(days);
            // The fourth of January lies in the first week.
            let fourth = census_types::time::days_of_date(year, 1, 4);
            return in_range(fourth - iso_weekday(fourth) + 1);
        }
        Unit::Month => (year, month),
        Unit::Quarter => (year, (month - 1) / 3 * 3 + 1),
        Unit::Year => (year, 1),
        Unit::Decade => (year.div_euclid(10) * 10, 1),
        Unit::Century => (first_year(counted(year, 100), 100), 1),
        Unit::Millennium => (first_year(counted(year, 1_000), 1_000), 1),
        _ => return Err(unit::unsupported(name, unit::TIMESTAMP)),
    };
    in_range(census_types::time::days_of_date(year, month, 1))
}

/// Returns the first year of a century or millennium; the one before the first is -1.
fn first_year(number: i64, length: i64) -> i64 {
    if number > 0 { (number - 1) * length + 1 } else { number * length + 1 }
}

fn in_range(days: i64) -> Result<i64, Error> {
    let midnight = days.checked_mul(MICROSECONDS_A_DAY);
    let is_held = |midnight: &i64| *midnight >= census_types::time::MINIMUM_TIMESTAMP;
    midnight.filter(is_held).ok_or_else(|| TimeFault::timestamp().into())
}

/// Returns an interval without what is smaller than a unit.
pub(super) fn of_interval(name: &str, span: Span) -> Result<Span, Error> {
    let unit = Unit::named(name, unit::INTERVAL)?;
    if unit == Unit::Day {
        return Ok(Span { microseconds: 0, ..span });
    }
    if let Some(length) = microseconds(unit) {
        return Ok(Span { microseconds: span.microseconds / length * length, ..span });
    }
    let months = match unit {
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Year => 12,
        Unit::Decade => 120,
        Unit::Century => 1_200,
        Unit::Millennium => 12_000,
        Unit::Week => {
            return Err(unit::unsupported(name, unit::INTERVAL)
                .with_detail("Months usually have fractional weeks."));
        }
        _ => return Err(unit::unsupported(name, unit::INTERVAL)),
    };
    Ok(Span { months: span.months / months * months, days: 0, microseconds: 0 })
}
