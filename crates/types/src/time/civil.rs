//! A timestamp taken apart into the fields of the calendar, and put together again.

/// The microseconds of a day of 24 hours.
pub const MICROSECONDS_A_DAY: i64 = 86_400_000_000;

/// The first timestamp there is: 4714-11-24 00:00:00 BC, the first Julian day, as in PostgreSQL.
pub const MINIMUM_TIMESTAMP: i64 = -210_866_803_200_000_000;

/// The number of the Julian day on which 1970 begins.
const JULIAN_DAY_OF_1970: i64 = 2_440_588;

/// The fields of a timestamp; the year 0 is 1 BC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// The year; 0 is 1 BC, -1 is 2 BC.
    pub year: i64,
    /// The month, from 1.
    pub month: i64,
    /// The day of the month, from 1.
    pub day: i64,
    /// The hour.
    pub hour: i64,
    /// The minute.
    pub minute: i64,
    /// The second.
    pub second: i64,
    /// The microsecond of the second.
    pub microsecond: i64,
}

impl Civil {
    /// Takes apart microseconds since 1970.
    #[must_use]
    pub fn of_timestamp(microseconds: i64) -> Self {
        let (year, month, day) = date_of_days(microseconds.div_euclid(MICROSECONDS_A_DAY));
        let time = microseconds.rem_euclid(MICROSECONDS_A_DAY);
        Self {
            year,
            month,
            day,
            hour: time / 3_600_000_000,
            minute: time / 60_000_000 % 60,
            second: time / 1_000_000 % 60,
            microsecond: time % 1_000_000,
        }
    }

    /// Returns the days since 1970.
    #[must_use]
    pub fn days(&self) -> i64 {
        days_of_date(self.year, self.month, self.day)
    }

    /// Returns the microseconds since midnight.
    #[must_use]
    pub fn time(&self) -> i64 {
        ((self.hour * 60 + self.minute) * 60 + self.second) * 1_000_000 + self.microsecond
    }

    /// Returns the microseconds since 1970, or `None` where a timestamp does not hold them.
    #[must_use]
    pub fn to_timestamp(&self) -> Option<i64> {
        // Sums of a day and a time reach beyond the last timestamp before they fail.
        let days = i128::from(self.days()) * i128::from(MICROSECONDS_A_DAY);
        let microseconds = i64::try_from(days + i128::from(self.time())).ok()?;
        (microseconds >= MINIMUM_TIMESTAMP).then_some(microseconds)
    }
}

/// Returns year, month and day a number of days after 1970-01-01.
fn date_of_days(days: i64) -> (i64, i64, i64) {
    // Eras of 400 years, and years that begin in March, as `calendar::Date` counts them.
    let since_era_0 = days + 719_468;
    let era = since_era_0.div_euclid(146_097);
    let day_of_era = since_era_0.rem_euclid(146_097);
    let leap_days = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// Returns the days from 1970-01-01 to a date; months and days may lie outside their range.
#[must_use]
pub fn days_of_date(year: i64, month: i64, day: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    let (year, month_from_march) =
        if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Returns how many days a month of a year has.
#[must_use]
pub fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the day of the week of a day since 1970, from 1 (Monday) to 7 (Sunday).
#[must_use]
pub fn iso_weekday(days: i64) -> i64 {
    (days + 3).rem_euclid(7) + 1
}

/// Returns the day of its year that a day since 1970 is, from 1.
#[must_use]
pub fn day_of_year(days: i64) -> i64 {
    days - days_of_date(date_of_days(days).0, 1, 1) + 1
}

/// Returns the year and week of ISO 8601 of a day since 1970.
#[must_use]
pub fn iso_week(days: i64) -> (i64, i64) {
    let thursday = days - iso_weekday(days) + 4;
    let year = date_of_days(thursday).0;
    (year, (thursday - days_of_date(year, 1, 1)) / 7 + 1)
}

/// Returns the number of the Julian day that a day since 1970 is.
#[must_use]
pub fn julian_day(days: i64) -> i64 {
    days + JULIAN_DAY_OF_1970
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_microseconds_are_each_others_inverse() {
        for microseconds in [0, -1, 1_752_120_000_123_456, MINIMUM_TIMESTAMP, i64::MAX] {
            assert_eq!(Civil::of_timestamp(microseconds).to_timestamp(), Some(microseconds));
        }
        assert_eq!(Civil::of_timestamp(MINIMUM_TIMESTAMP - 1).to_timestamp(), None);
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        assert_eq!(iso_week(days_of_date(2005, 1, 1)), (2004, 53));
        assert_eq!(iso_week(days_of_date(2006, 1, 1)), (2005, 52));
        assert_eq!(iso_week(days_of_date(2012, 12, 31)), (2013, 1));
        assert_eq!(iso_weekday(days_of_date(2025, 7, 13)), 7);
        assert_eq!(day_of_year(days_of_date(2024, 12, 31)), 366);
        assert_eq!(julian_day(days_of_date(2025, 7, 5)), 2_460_862);
    }
}
