//! Prints intervals in PostgreSQL's own style: `1 year 2 mons 3 days 04:05:06.789`.

use datafusion::arrow::datatypes::TimeUnit;

use crate::calendar::units_a_second;
use crate::number::{write_fraction, write_integer, write_padded};

/// A span of time in the three units that PostgreSQL keeps apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) months: i32,
    pub(crate) days: i64,
    pub(crate) microseconds: i64,
}

impl Interval {
    /// Takes the difference of two timestamps; whole days of 24 hours become days, as in PostgreSQL.
    pub(crate) fn from_duration(value: i64, unit: TimeUnit) -> Self {
        let units_a_day = 86_400 * units_a_second(unit);
        let within_day = value % units_a_day;
        let microseconds = match unit {
            TimeUnit::Nanosecond => within_day / 1_000,
            _ => within_day * (1_000_000 / units_a_second(unit)),
        };
        Self { months: 0, days: value / units_a_day, microseconds }
    }

    /// Prints the parts that are not zero, or `00:00:00`.
    ///
    /// A positive part after a negative one carries a plus sign: `-1 days +02:00:00`.
    pub(crate) fn write(self, out: &mut String) {
        let start = out.len();
        let mut after_negative = false;
        for (value, unit) in [
            (i64::from(self.months / 12), "year"),
            (i64::from(self.months % 12), "mon"),
            (self.days, "day"),
        ] {
            if value == 0 {
                continue;
            }
            if out.len() > start {
                out.push(' ');
            }
            if after_negative && value > 0 {
                out.push('+');
            }
            write_integer(value, out);
            out.push(' ');
            out.push_str(unit);
            if value != 1 {
                out.push('s');
            }
            after_negative = value < 0;
        }
        let is_first = out.len() == start;
        if is_first || self.microseconds != 0 {
            if !is_first {
                out.push(' ');
            }
            self.write_time(after_negative, out);
        }
    }

    fn write_time(self, after_negative: bool, out: &mut String) {
        if self.microseconds < 0 {
            out.push('-');
        } else if after_negative {
            out.push('+');
        }
        let microseconds = self.microseconds.unsigned_abs();
        let seconds = microseconds / 1_000_000;
        write_padded(seconds / 3_600, 2, out);
        out.push(':');
        write_padded(seconds / 60 % 60, 2, out);
        out.push(':');
        write_padded(seconds % 60, 2, out);
        write_fraction(microseconds % 1_000_000, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(months: i32, days: i64, microseconds: i64) -> String {
        let mut out = String::new();
        Interval { months, days, microseconds }.write(&mut out);
        out
    }

    #[test]
    fn intervals_are_printed_in_the_postgres_style() {
        assert_eq!(text(0, 0, 0), "00:00:00");
        assert_eq!(text(0, 1, 7_384_500_000), "1 day 02:03:04.5");
        assert_eq!(text(14, 3, 14_706_789_000), "1 year 2 mons 3 days 04:05:06.789");
        assert_eq!(text(0, 0, 360_000_000_000), "100:00:00");
        assert_eq!(text(-1, 0, 0), "-1 mons");
    }

    #[test]
    fn signs_are_repeated_where_they_change() {
        assert_eq!(text(0, -1, 7_200_000_000), "-1 days +02:00:00");
        assert_eq!(text(0, 1, -7_200_000_000), "1 day -02:00:00");
        assert_eq!(text(-13, 3, -1), "-1 years -1 mons +3 days -00:00:00.000001");
    }

    #[test]
    fn a_difference_of_timestamps_is_counted_in_days() {
        let mut out = String::new();
        Interval::from_duration(93_784_500, TimeUnit::Millisecond).write(&mut out);
        assert_eq!(out, "1 day 02:03:04.5");
        out.clear();
        Interval::from_duration(-90_000, TimeUnit::Second).write(&mut out);
        assert_eq!(out, "-1 days -01:00:00");
    }
}
