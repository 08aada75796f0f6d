//! The units of `extract`, `date_part` and `date_trunc`.

use census_error::{Error, SqlState};

/// A part of a timestamp or interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
    IsoYear,
    Weekday,
    IsoWeekday,
    DayOfYear,
    Julian,
    Epoch,
    Timezone,
    TimezoneHour,
    TimezoneMinute,
}

impl Unit {
    /// Finds a unit by one of its names; ten characters of them count.
    ///
    /// # Errors
    /// 22023 where a type has none of this name.
    pub(super) fn named(name: &str, type_name: &str) -> Result<Self, Error> {
        let lower = name.to_lowercase();
        let start: String = lower.chars().take(10).collect();
        Ok(match start.as_str() {
            "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecon" => Self::Microsecond,
            "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecon" => Self::Millisecond,
            "s" | "sec" | "secs" | "second" | "seconds" => Self::Second,
            "m" | "min" | "mins" | "minute" | "minutes" => Self::Minute,
            "h" | "hr" | "hrs" | "hour" | "hours" => Self::Hour,
            "d" | "day" | "days" => Self::Day,
            "w" | "week" | "weeks" => Self::Week,
            "mon" | "mons" | "month" | "months" => Self::Month,
            "qtr" | "quarter" | "quarters" => Self::Quarter,
            "y" | "yr" | "yrs" | "year" | "years" => Self::Year,
            "dec" | "decs" | "decade" | "decades" => Self::Decade,
            "c" | "cent" | "century" | "centuries" => Self::Century,
            "mil" | "mils" | "millennium" | "millennia" => Self::Millennium,
            "isoyear" => Self::IsoYear,
            "dow" => Self::Weekday,
            "isodow" => Self::IsoWeekday,
            "doy" => Self::DayOfYear,
            "j" | "jd" | "julian" => Self::Julian,
            "epoch" => Self::Epoch,
            "timezone" => Self::Timezone,
            "timezone_h" => Self::TimezoneHour,
            "timezone_m" => Self::TimezoneMinute,
            _ => {
                let message = format!("unit \"{lower}\" not recognized for type {type_name}");
                return Err(Error::new(SqlState::InvalidParameterValue, message));
            }
        })
    }
}

/// Returns the error for a unit that a type has not, although others have it.
pub(super) fn unsupported(name: &str, type_name: &str) -> Error {
    let message = format!("unit \"{}\" not supported for type {type_name}", name.to_lowercase());
    Error::new(SqlState::FeatureNotSupported, message)
}

pub(super) const TIMESTAMP: &str = "timestamp without time zone";
pub(super) const INTERVAL: &str = "interval";
pub(super) const DATE: &str = "date";
pub(super) const TIME: &str = "time without time zone";
