//! What has been read by a template, and the timestamp that it makes.

use super::pattern::{Field, Pattern};
use census_error::{Error, SqlState};
use census_types::time::{
    Civil, MICROSECONDS_A_DAY, TimeFault, days_in_month, days_of_date, iso_weekday, julian_day,
};

/// The fields so far; zero is one that is not there, as in PostgreSQL.
#[derive(Debug, Default)]
pub(super) struct Reading {
    hour: i64,
    minute: i64,
    second: i64,
    second_of_day: i64,
    millisecond: i64,
    microsecond: i64,
    /// From 1, Sunday.
    weekday: i64,
    day: i64,
    day_of_year: i64,
    month: i64,
    year: i64,
    year_digits: u8,
    week: i64,
    week_of_month: i64,
    century: i64,
    julian: i64,
    zone_hours: i64,
    zone_minutes: i64,
    pub(super) zone_sign: i64,
    pub(super) is_before_christ: bool,
    is_afternoon: bool,
    is_twelve_hour: bool,
    /// Whether the fields are those of ISO weeks, once one of either calendar has been read.
    is_iso: Option<bool>,
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(SqlState::InvalidDatetimeFormat, message)
}

impl Reading {
    /// Notes the calendar of a field.
    pub(super) fn take_calendar(&mut self, field: &Field) -> Result<(), Error> {
        let is_iso = match field.pattern {
            Pattern::IsoYear(_)
            | Pattern::IsoWeek
            | Pattern::IsoDayOfYear
            | Pattern::IsoWeekday => true,
            Pattern::Year(_)
            | Pattern::YearWithComma
            | Pattern::Month
            | Pattern::MonthName
            | Pattern::MonthShortName
            | Pattern::Roman
            | Pattern::Day
            | Pattern::DayName
            | Pattern::DayShortName
            | Pattern::DayOfYear
            | Pattern::Weekday
            | Pattern::WeekOfYear
            | Pattern::WeekOfMonth => false,
            _ => return Ok(()),
        };
        if *self.is_iso.get_or_insert(is_iso) != is_iso {
            return Err(invalid("invalid combination of date conventions").with_hint(
                "Do not mix Gregorian and ISO week date conventions in a formatting template.",
            ));
        }
        Ok(())
    }

    pub(super) fn set_afternoon(&mut self, is_afternoon: bool, field: &Field) -> Result<(), Error> {
        if self.is_afternoon && !is_afternoon {
            return Err(conflict(field));
        }
        self.is_afternoon = is_afternoon;
        self.is_twelve_hour = true;
        Ok(())
    }

    pub(super) fn set_year(&mut self, field: &Field, year: i64, digits: u8) -> Result<(), Error> {
        self.year_digits = digits;
        put(&mut self.year, year, field)
    }

    /// Takes the value of a field that is a number.
    pub(super) fn set(&mut self, field: &Field, value: i64) -> Result<(), Error> {
        let place = match field.pattern {
            Pattern::Hour12 => {
                self.is_twelve_hour = true;
                &mut self.hour
            }
            Pattern::Hour24 => &mut self.hour,
            Pattern::Minute => &mut self.minute,
            Pattern::Second => &mut self.second,
            Pattern::SecondsOfDay => &mut self.second_of_day,
            Pattern::Millisecond => &mut self.millisecond,
            Pattern::Microsecond | Pattern::Fraction(_) => &mut self.microsecond,
            Pattern::Month | Pattern::MonthName | Pattern::MonthShortName | Pattern::Roman => {
                &mut self.month
            }
            Pattern::Day => &mut self.day,
            Pattern::DayOfYear | Pattern::IsoDayOfYear => &mut self.day_of_year,
            Pattern::DayName | Pattern::DayShortName | Pattern::Weekday => &mut self.weekday,
            Pattern::IsoWeekday => {
                // Monday is 1 there, and 2 here.
                return put(&mut self.weekday, value % 7 + 1, field);
            }
            Pattern::WeekOfYear | Pattern::IsoWeek => &mut self.week,
            Pattern::WeekOfMonth => &mut self.week_of_month,
            Pattern::Century => &mut self.century,
            Pattern::Julian => &mut self.julian,
            Pattern::ZoneHours => &mut self.zone_hours,
            Pattern::ZoneMinutes => {
                if self.zone_sign == 0 {
                    self.zone_sign = 1;
                }
                &mut self.zone_minutes
            }
            // The quarter does not say which of its days is meant.
            _ => return Ok(()),
        };
        put(place, value, field)
    }

    /// Returns microseconds since 1970 in UTC.
    pub(super) fn timestamp(&self, text: &str) -> Result<i64, Error> {
        let out_of_range = || TimeFault::Field { text: text.to_owned(), is_order: false };
        let (year, month, day) = self.date(text)?;
        let microsecond = self.millisecond * 1_000 + self.microsecond;
        let (hour, minute, second) = self.time()?;
        let is_time = (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second)
            && (0..1_000_000).contains(&microsecond);
        let is_zone = (0..=15).contains(&self.zone_hours) && (0..60).contains(&self.zone_minutes);
        if !is_time || !is_zone {
            return Err(out_of_range().into());
        }
        let civil = Civil { year, month, day, hour, minute, second, microsecond };
        let offset = self.zone_sign * (self.zone_hours * 60 + self.zone_minutes) * 60_000_000;
        let timestamp = civil.to_timestamp().and_then(|local| local.checked_sub(offset));
        Ok(timestamp.ok_or(TimeFault::timestamp())?)
    }

    fn time(&self) -> Result<(i64, i64, i64), Error> {
        let of_day = self.second_of_day;
        let or = |value: i64, other: i64| if value == 0 { other } else { value };
        let mut hour = or(self.hour, of_day / 3_600);
        let minute = or(self.minute, of_day / 60 % 60);
        let second = or(self.second, of_day % 60);
        if self.is_twelve_hour {
            if !(1..=12).contains(&hour) {
                return Err(invalid(format!("hour \"{hour}\" is invalid for the 12-hour clock"))
                    .with_hint("Use the 24-hour clock, or give an hour between 1 and 12."));
            }
            hour = hour % 12 + if self.is_afternoon { 12 } else { 0 };
        }
        Ok((hour, minute, second))
    }

    /// Returns year, month and day; 0 is the year 1 BC.
    fn date(&self, text: &str) -> Result<(i64, i64, i64), Error> {
        let year = self.whole_year();
        if self.julian != 0 {
            return Ok(date_of(self.julian - julian_day(0)));
        }
        let (mut day_of_year, mut day) = (self.day_of_year, self.day);
        if self.week != 0 && self.is_iso == Some(true) {
            let weekday = if self.weekday == 0 { 0 } else { (self.weekday + 5) % 7 };
            return Ok(date_of(first_monday(year) + (self.week - 1) * 7 + weekday));
        }
        if self.week != 0 {
            day_of_year = (self.week - 1) * 7 + 1;
        }
        if self.week_of_month != 0 {
            day = (self.week_of_month - 1) * 7 + 1;
        }
        if day_of_year != 0 && (self.month <= 1 || day <= 1) {
            if year == 0 && !self.is_before_christ {
                return Err(invalid("cannot calculate day of year without year information"));
            }
            let first = match self.is_iso {
                Some(true) => first_monday(year),
                _ => days_of_date(year, 1, 1),
            };
            return Ok(date_of(first + day_of_year - 1));
        }
        let or_first = |value: i64| if value == 0 { 1 } else { value };
        let (month, day) = (or_first(self.month), or_first(day));
        if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
            return Err(TimeFault::Field { text: text.to_owned(), is_order: false }.into());
        }
        Ok((year, month, day))
    }

    fn whole_year(&self) -> i64 {
        let century = if self.is_before_christ { -self.century } else { self.century };
        if self.year == 0 {
            return match century {
                0 => 0,
                1.. => (century - 1) * 100 + 1,
                _ => century * 100 + 1,
            };
        }
        if century > 0 && self.year_digits <= 2 {
            let of_century = self.year % 100;
            return if of_century == 0 { century * 100 } else { (century - 1) * 100 + of_century };
        }
        match self.year {
            year if self.is_before_christ => 1 - year,
            ..0 => self.year + 1,
            year => year,
        }
    }
}

fn conflict(field: &Field) -> Error {
    invalid(format!("conflicting values for \"{}\" field in formatting string", field.name))
        .with_detail("This value contradicts a previous setting for the same field type.")
}

fn put(place: &mut i64, value: i64, field: &Field) -> Result<(), Error> {
    if *place != 0 && *place != value {
        return Err(conflict(field));
    }
    *place = value;
    Ok(())
}

/// Returns the Monday of the first ISO week of a year.
fn first_monday(year: i64) -> i64 {
    let fourth = days_of_date(year, 1, 4);
    fourth - iso_weekday(fourth) + 1
}

fn date_of(days: i64) -> (i64, i64, i64) {
    let civil = Civil::of_timestamp(days.saturating_mul(MICROSECONDS_A_DAY));
    (civil.year, civil.month, civil.day)
}
