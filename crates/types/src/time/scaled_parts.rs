//! Adds up the parts of an interval that a text names; what does not fit is out of range.

use super::fault::Fault;
use super::span::Span;
use super::words::Unit;

const SECOND: i64 = 1_000_000;

/// The parts read so far.
#[derive(Debug, Default)]
pub(super) struct ScaledParts {
    months: i64,
    days: i64,
    microseconds: i64,
}

impl ScaledParts {
    /// Adds a whole number of units and a fraction of one; fractions go down to smaller units.
    pub(super) fn add(&mut self, unit: Unit, value: i64, fraction: f64) -> Result<(), Fault> {
        match unit {
            Unit::Microsecond => self.add_time(value, fraction, 1),
            Unit::Millisecond => self.add_time(value, fraction, 1_000),
            Unit::Second => self.add_time(value, fraction, SECOND),
            Unit::Minute => self.add_time(value, fraction, 60 * SECOND),
            Unit::Hour => self.add_time(value, fraction, 3_600 * SECOND),
            Unit::Day => {
                self.add_days(value, 1)?;
                self.add_part_of_time(fraction, 86_400 * SECOND)
            }
            Unit::Week => {
                self.add_days(value, 7)?;
                self.add_part_of_days(fraction, 7.0)
            }
            Unit::Month => {
                self.add_months(value, 1)?;
                self.add_part_of_days(fraction, 30.0)
            }
            Unit::Year => self.add_years(value, fraction, 1),
            Unit::Decade => self.add_years(value, fraction, 10),
            Unit::Century => self.add_years(value, fraction, 100),
            Unit::Millennium => self.add_years(value, fraction, 1_000),
        }
    }

    /// Adds microseconds.
    pub(super) fn add_microseconds(&mut self, microseconds: i128) -> Result<(), Fault> {
        let sum = i128::from(self.microseconds) + microseconds;
        self.microseconds = i64::try_from(sum).map_err(|_| Fault::Field)?;
        Ok(())
    }

    fn add_time(&mut self, value: i64, fraction: f64, scale: i64) -> Result<(), Fault> {
        self.add_microseconds(i128::from(value) * i128::from(scale))?;
        self.add_part_of_time(fraction, scale)
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "a part of at most one day in microseconds"
    )]
    fn add_part_of_time(&mut self, fraction: f64, scale: i64) -> Result<(), Fault> {
        let microseconds = fraction * scale as f64;
        let whole = microseconds.trunc();
        let rest = microseconds - whole;
        let rounded = if rest > 0.5 {
            1
        } else if rest < -0.5 {
            -1
        } else {
            0
        };
        self.add_microseconds(whole as i128 + rounded)
    }

    fn add_days(&mut self, value: i64, scale: i64) -> Result<(), Fault> {
        let days = value.checked_mul(scale).and_then(|days| self.days.checked_add(days));
        self.days = days.filter(|days| i32::try_from(*days).is_ok()).ok_or(Fault::Field)?;
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "a part of at most one month in days")]
    fn add_part_of_days(&mut self, fraction: f64, scale: f64) -> Result<(), Fault> {
        let days = fraction * scale;
        self.add_days(days.trunc() as i64, 1)?;
        self.add_part_of_time(days.fract(), 86_400 * SECOND)
    }

    fn add_months(&mut self, value: i64, scale: i64) -> Result<(), Fault> {
        // Years are counted on their own, so that too many are found only with the months.
        let months = value.checked_mul(scale).and_then(|months| self.months.checked_add(months));
        self.months =
            months.filter(|months| i32::try_from(*months / 12).is_ok()).ok_or(Fault::Field)?;
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "small")]
    fn add_years(&mut self, value: i64, fraction: f64, scale: i64) -> Result<(), Fault> {
        self.add_months(value, 12 * scale)?;
        let months = (fraction * scale as f64 * 12.0).round_ties_even();
        self.add_months(months as i64, 1)
    }

    /// Turns all signs.
    pub(super) fn negate(&mut self) -> Result<(), Fault> {
        self.months = -self.months;
        self.days = -self.days;
        self.microseconds = self.microseconds.checked_neg().ok_or(Fault::Field)?;
        Ok(())
    }

    /// Returns the interval, or `None` where there is none so long.
    pub(super) fn span(&self) -> Option<Span> {
        Some(Span {
            months: i32::try_from(self.months).ok()?,
            days: i32::try_from(self.days).ok()?,
            microseconds: self.microseconds,
        })
    }
}
