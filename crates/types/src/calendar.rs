//! Days and times of day as the proleptic Gregorian calendar names them, and their printed forms.

use datafusion::arrow::datatypes::TimeUnit;

use crate::number::{write_fraction, write_padded};

const SECONDS_A_DAY: i64 = 86_400;

/// Returns how many of a unit make a second.
pub(crate) const fn units_a_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// A day and a time on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    /// Days since 1970-01-01.
    days: i64,
    time: TimeOfDay,
}

impl Moment {
    /// Takes a moment from units since 1970; nanoseconds are cut to microseconds.
    pub(crate) fn new(value: i64, unit: TimeUnit) -> Self {
        let units_a_day = SECONDS_A_DAY * units_a_second(unit);
        Self {
            days: value.div_euclid(units_a_day),
            time: TimeOfDay::new(value.rem_euclid(units_a_day), unit),
        }
    }

    /// Prints `2025-07-10 04:00:00.5`.
    pub(crate) fn write_text(self, out: &mut String) {
        let date = Date::from_days(self.days);
        date.write_text_without_era(out);
        out.push(' ');
        self.time.write(out);
        date.write_era(out);
    }

    /// Prints `2025-07-10 04:00:00.5+00`.
    pub(crate) fn write_text_with_zone(self, out: &mut String) {
        let date = Date::from_days(self.days);
        date.write_text_without_era(out);
        out.push(' ');
        self.time.write(out);
        out.push_str("+00");
        date.write_era(out);
    }

    /// Prints `2025-07-10T04:00:00.5Z`.
    pub(crate) fn write_rfc3339(self, out: &mut String) {
        Date::from_days(self.days).write_iso(out);
        out.push('T');
        self.time.write(out);
        out.push('Z');
    }
}

/// A day of the calendar; the year 0 is 1 BC.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Date {
    year: i64,
    month: u8,
    day: u8,
}

impl Date {
    /// Finds the date a number of days after 1970-01-01.
    ///
    /// The calendar repeats every 400 years (an era, 146,097 days). Counting years from March
    /// puts the leap day last, so that the lengths of months follow one line.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "month is within 1..=12 and day within 1..=31"
    )]
    pub(crate) fn from_days(days: i64) -> Self {
        let since_era_0 = days + 719_468;
        let era = since_era_0.div_euclid(146_097);
        let day_of_era = since_era_0.rem_euclid(146_097);
        let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
        let year_of_era = (day_of_era - leap_days) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Self {
            year: era * 400 + year_of_era + i64::from(month <= 2),
            month: month as u8,
            day: day as u8,
        }
    }

    /// Prints `2025-07-10`, or `0044-03-15 BC`.
    pub(crate) fn write_text(self, out: &mut String) {
        self.write_text_without_era(out);
        self.write_era(out);
    }

    /// Prints `2025-07-10`; years that four digits do not hold carry a sign.
    pub(crate) fn write_iso(self, out: &mut String) {
        match self.year {
            ..0 => out.push('-'),
            10_000.. => out.push('+'),
            _ => {}
        }
        self.write_with_year(self.year.unsigned_abs(), out);
    }

    fn write_text_without_era(self, out: &mut String) {
        let year = if self.year > 0 { self.year } else { 1 - self.year };
        self.write_with_year(year.unsigned_abs(), out);
    }

    fn write_era(self, out: &mut String) {
        if self.year <= 0 {
            out.push_str(" BC");
        }
    }

    fn write_with_year(self, year: u64, out: &mut String) {
        write_padded(year, 4, out);
        out.push('-');
        write_padded(self.month.into(), 2, out);
        out.push('-');
        write_padded(self.day.into(), 2, out);
    }
}

/// A time of day to the microsecond.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeOfDay {
    seconds: u64,
    microseconds: u64,
}

impl TimeOfDay {
    /// Takes a time from units since midnight; a negative number counts as midnight.
    pub(crate) fn new(value: i64, unit: TimeUnit) -> Self {
        let units_a_second = units_a_second(unit).unsigned_abs();
        let value = value.max(0).unsigned_abs();
        Self {
            seconds: value / units_a_second,
            microseconds: match unit {
                TimeUnit::Nanosecond => value % units_a_second / 1_000,
                _ => value % units_a_second * (1_000_000 / units_a_second),
            },
        }
    }

    /// Prints `04:00:00.5`.
    pub(crate) fn write(self, out: &mut String) {
        write_padded(self.seconds / 3_600, 2, out);
        out.push(':');
        write_padded(self.seconds / 60 % 60, 2, out);
        out.push(':');
        write_padded(self.seconds % 60, 2, out);
        write_fraction(self.microseconds, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(days: i64) -> String {
        let mut out = String::new();
        Date::from_days(days).write_text(&mut out);
        out
    }

    #[test]
    fn leap_days_are_where_the_calendar_has_them() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(-25_509), "1900-02-28");
        assert_eq!(date(-25_508), "1900-03-01");
        assert_eq!(date(19_782), "2024-02-29");
        assert_eq!(date(-719_163), "0001-12-31 BC");
    }

    #[test]
    fn every_unit_names_the_same_moment() {
        for (value, unit) in [
            (1_752_120_000, TimeUnit::Second),
            (1_752_120_000_000, TimeUnit::Millisecond),
            (1_752_120_000_000_000_999, TimeUnit::Nanosecond),
        ] {
            let mut out = String::new();
            Moment::new(value, unit).write_text_with_zone(&mut out);
            assert_eq!(out, "2025-07-10 04:00:00+00");
        }
    }
}
