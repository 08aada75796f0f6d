//! Intervals in the units that people would use, and the age of something.

use super::civil::{Civil, MICROSECONDS_A_DAY, days_in_month};
use super::fault::TimeFault;
use super::span::{DAYS_A_MONTH, Span};

impl Span {
    /// Makes days of every 24 hours; the parts get one sign.
    ///
    /// # Errors
    /// 22008 where the days do not fit.
    pub fn with_justified_hours(self) -> Result<Self, TimeFault> {
        Ok(self.with_hours_as_days()?.with_one_sign_of_time())
    }

    /// Makes months of every 30 days; the parts get one sign.
    ///
    /// # Errors
    /// 22008 where the months do not fit.
    pub fn with_justified_days(self) -> Result<Self, TimeFault> {
        let justified = self.with_days_as_months()?;
        let Self { months, days, microseconds } = justified;
        Ok(if months > 0 && days < 0 {
            Self { months: months - 1, days: days + DAYS_A_MONTH, microseconds }
        } else if months < 0 && days > 0 {
            Self { months: months + 1, days: days - DAYS_A_MONTH, microseconds }
        } else {
            justified
        })
    }

    /// Makes days of hours and months of days; all parts get one sign.
    ///
    /// # Errors
    /// 22008 where the parts do not fit.
    pub fn justified(self) -> Result<Self, TimeFault> {
        let has_one_sign = i64::from(self.days).signum() * self.microseconds.signum() > 0;
        // Days that become months before leave room for those that come out of the time.
        let first = if has_one_sign { self.with_days_as_months()? } else { self };
        let mut span = first.with_hours_as_days()?.with_days_as_months()?;
        let smaller =
            if span.days == 0 { span.microseconds.signum() } else { i64::from(span.days.signum()) };
        if span.months > 0 && smaller < 0 {
            span = Self { months: span.months - 1, days: span.days + DAYS_A_MONTH, ..span };
        } else if span.months < 0 && smaller > 0 {
            span = Self { months: span.months + 1, days: span.days - DAYS_A_MONTH, ..span };
        }
        Ok(span.with_one_sign_of_time())
    }

    fn with_hours_as_days(self) -> Result<Self, TimeFault> {
        let days = i64::from(self.days) + self.microseconds / MICROSECONDS_A_DAY;
        Ok(Self {
            days: i32::try_from(days).map_err(|_| TimeFault::interval())?,
            microseconds: self.microseconds % MICROSECONDS_A_DAY,
            ..self
        })
    }

    fn with_days_as_months(self) -> Result<Self, TimeFault> {
        let months = self.months.checked_add(self.days / DAYS_A_MONTH);
        Ok(Self {
            months: months.ok_or(TimeFault::interval())?,
            days: self.days % DAYS_A_MONTH,
            ..self
        })
    }

    fn with_one_sign_of_time(self) -> Self {
        let Self { months, days, microseconds } = self;
        if days > 0 && microseconds < 0 {
            Self { months, days: days - 1, microseconds: microseconds + MICROSECONDS_A_DAY }
        } else if days < 0 && microseconds > 0 {
            Self { months, days: days + 1, microseconds: microseconds - MICROSECONDS_A_DAY }
        } else {
            self
        }
    }

    /// Returns years, months, days and time from one timestamp to another, as calendars count them.
    ///
    /// # Errors
    /// 22008 where they are too far apart.
    pub fn age(from: i64, to: i64) -> Result<Self, TimeFault> {
        let is_negative = to < from;
        let (earlier, later) = if is_negative { (to, from) } else { (from, to) };
        let (first, second) = (Civil::of_timestamp(earlier), Civil::of_timestamp(later));
        let mut months = (second.year - first.year) * 12 + second.month - first.month;
        let mut days = second.day - first.day;
        let mut microseconds = second.time() - first.time();
        if microseconds < 0 {
            microseconds += MICROSECONDS_A_DAY;
            days -= 1;
        }
        if days < 0 {
            // The month that is not whole is the earlier one's.
            days += days_in_month(first.year, first.month);
            months -= 1;
        }
        let fit = |value: i64| i32::try_from(value).map_err(|_| TimeFault::interval());
        let span = Self { months: fit(months)?, days: fit(days)?, microseconds };
        if is_negative { span.negated() } else { Ok(span) }
    }
}
