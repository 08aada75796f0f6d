//! Intervals and what is computed with them, by PostgreSQL's rules: 30 days a month and 24 hours a day.

use super::civil::{Civil, MICROSECONDS_A_DAY, MINIMUM_TIMESTAMP, days_in_month};
use super::fault::TimeFault;
use datafusion::arrow::datatypes::IntervalMonthDayNano;

pub(super) const DAYS_A_MONTH: i32 = 30;

/// A span of time in the three units that PostgreSQL keeps apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Whole months, twelve a year.
    pub months: i32,
    /// Whole days.
    pub days: i32,
    /// The rest.
    pub microseconds: i64,
}

impl From<IntervalMonthDayNano> for Span {
    fn from(value: IntervalMonthDayNano) -> Self {
        Self { months: value.months, days: value.days, microseconds: value.nanoseconds / 1_000 }
    }
}

impl Span {
    /// Returns the interval as Arrow keeps it, in nanoseconds.
    ///
    /// # Errors
    /// 22008 for more than 2,562,047 hours beside months and days, which Arrow does not hold.
    pub fn to_arrow(self) -> Result<IntervalMonthDayNano, TimeFault> {
        let nanoseconds = self.microseconds.checked_mul(1_000).ok_or(TimeFault::interval())?;
        Ok(IntervalMonthDayNano::new(self.months, self.days, nanoseconds))
    }

    /// Prints the interval as PostgreSQL does.
    pub fn write(self, out: &mut String) {
        let Self { months, days, microseconds } = self;
        crate::interval::Interval { months, days: days.into(), microseconds }.write(out);
    }

    /// Returns the microseconds by which intervals are compared.
    #[must_use]
    pub fn length(self) -> i128 {
        let days = i64::from(self.months) * i64::from(DAYS_A_MONTH) + i64::from(self.days);
        i128::from(days) * i128::from(MICROSECONDS_A_DAY) + i128::from(self.microseconds)
    }

    /// Turns the signs of all parts.
    ///
    /// # Errors
    /// 22008 where a part has no opposite.
    pub fn negated(self) -> Result<Self, TimeFault> {
        Self::default().minus(self)
    }

    /// Adds part by part.
    ///
    /// # Errors
    /// 22008 where a sum does not fit.
    pub fn plus(self, other: Self) -> Result<Self, TimeFault> {
        let sum = || {
            Some(Self {
                months: self.months.checked_add(other.months)?,
                days: self.days.checked_add(other.days)?,
                microseconds: self.microseconds.checked_add(other.microseconds)?,
            })
        };
        sum().ok_or(TimeFault::interval())
    }

    /// Subtracts part by part.
    ///
    /// # Errors
    /// 22008 where a difference does not fit.
    pub fn minus(self, other: Self) -> Result<Self, TimeFault> {
        let difference = || {
            Some(Self {
                months: self.months.checked_sub(other.months)?,
                days: self.days.checked_sub(other.days)?,
                microseconds: self.microseconds.checked_sub(other.microseconds)?,
            })
        };
        difference().ok_or(TimeFault::interval())
    }

    /// Multiplies each part; fractions of months become days, fractions of days time.
    ///
    /// # Errors
    /// 22008 where a product does not fit.
    pub fn times(self, factor: f64) -> Result<Self, TimeFault> {
        self.scaled(|part| part * factor)
    }

    /// Divides each part, as [`Span::times`] multiplies it.
    ///
    /// # Errors
    /// 22008 where a quotient does not fit. The divisor must not be zero.
    pub fn divided_by(self, divisor: f64) -> Result<Self, TimeFault> {
        self.scaled(|part| part / divisor)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "every float is checked to be in range before; PostgreSQL computes in floats too"
    )]
    fn scaled(self, scale: impl Fn(f64) -> f64) -> Result<Self, TimeFault> {
        let whole = |value: f64| {
            let fits = value >= f64::from(i32::MIN) && value <= f64::from(i32::MAX);
            if fits { Ok(value.trunc()) } else { Err(TimeFault::interval()) }
        };
        // Microseconds are what rounding may leave of a fraction.
        let rounded = |value: f64| (value * 1_000_000.0).round_ties_even() / 1_000_000.0;
        let (exact_months, exact_days) =
            (scale(f64::from(self.months)), scale(f64::from(self.days)));
        let (months, days) = (whole(exact_months)?, whole(exact_days)?);
        let days_of_months = rounded((exact_months - months) * f64::from(DAYS_A_MONTH));
        let mut seconds =
            rounded((exact_days - days + days_of_months - days_of_months.trunc()) * 86_400.0);
        let mut all_days = i64::from(days as i32);
        if seconds.abs() >= 86_400.0 {
            let carried = (seconds / 86_400.0).trunc();
            all_days += carried as i64;
            seconds -= carried * 86_400.0;
        }
        all_days += days_of_months.trunc() as i64;
        let microseconds =
            (scale(self.microseconds as f64) + seconds * 1_000_000.0).round_ties_even();
        if !(microseconds >= i64::MIN as f64 && microseconds < i64::MAX as f64) {
            return Err(TimeFault::interval());
        }
        Ok(Self {
            months: months as i32,
            days: i32::try_from(all_days).map_err(|_| TimeFault::interval())?,
            microseconds: microseconds as i64,
        })
    }

    /// Adds the interval to a timestamp: first its months, where a day that a month has not becomes its last.
    ///
    /// # Errors
    /// 22008 where the sum is no timestamp.
    pub fn after(self, timestamp: i64) -> Result<i64, TimeFault> {
        let moved = || {
            let mut moment = timestamp;
            if self.months != 0 {
                let mut civil = Civil::of_timestamp(moment);
                let months = civil.year * 12 + civil.month - 1 + i64::from(self.months);
                (civil.year, civil.month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
                civil.day = civil.day.min(days_in_month(civil.year, civil.month));
                moment = civil.to_timestamp()?;
            }
            moment = moment.checked_add(i64::from(self.days) * MICROSECONDS_A_DAY)?;
            moment = moment.checked_add(self.microseconds)?;
            (moment >= MINIMUM_TIMESTAMP).then_some(moment)
        };
        moved().ok_or(TimeFault::timestamp())
    }

    /// Returns the days and time from one timestamp to another.
    ///
    /// # Errors
    /// 22008 where they are too far apart.
    pub fn between(from: i64, to: i64) -> Result<Self, TimeFault> {
        let microseconds = to.checked_sub(from).ok_or(TimeFault::interval())?;
        Self { microseconds, ..Self::default() }.with_justified_hours()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{IntervalFields, read_interval};

    fn span(text: &str) -> Span {
        read_interval(text, IntervalFields::All).unwrap()
    }

    fn text(span: Span) -> String {
        let mut out = String::new();
        span.write(&mut out);
        out
    }

    #[test]
    fn fractions_go_down_to_smaller_units() {
        assert_eq!(
            text(span("1 year 2 mons 3 days").times(1.5).unwrap()),
            "1 year 9 mons 4 days 12:00:00"
        );
        assert_eq!(text(span("1 mon").divided_by(4.0).unwrap()), "7 days 12:00:00");
        assert_eq!(text(span("1 day").times(0.3).unwrap()), "07:12:00");
    }

    #[test]
    fn months_end_where_they_end() {
        let january =
            Civil { year: 2024, month: 1, day: 31, hour: 0, minute: 0, second: 0, microsecond: 0 };
        let moved = span("1 mon").after(january.to_timestamp().unwrap()).unwrap();
        assert_eq!(Civil::of_timestamp(moved).day, 29);
    }
}
