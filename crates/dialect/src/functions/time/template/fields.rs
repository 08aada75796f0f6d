//! The fields that templates print: of a timestamp, or of an interval.

use census_types::time::{Civil, Span, day_of_year};

/// What a template is filled with.
#[derive(Debug, Clone, Copy)]
pub(in crate::functions::time) struct TimeFields {
    pub(super) civil: Civil,
    pub(super) days: i64,
    pub(super) day_of_year: i64,
    pub(super) is_interval: bool,
}

impl TimeFields {
    /// Takes a timestamp apart.
    pub(in crate::functions::time) fn of_timestamp(timestamp: i64) -> Self {
        let civil = Civil::of_timestamp(timestamp);
        let days = civil.days();
        Self { civil, days, day_of_year: day_of_year(days), is_interval: false }
    }

    /// Takes an interval apart; its hours may be more than a day has.
    pub(in crate::functions::time) fn of_interval(span: Span) -> Self {
        let (months, days) = (i64::from(span.months), i64::from(span.days));
        let microseconds = span.microseconds;
        let civil = Civil {
            year: months / 12,
            month: months % 12,
            day: days,
            hour: microseconds / 3_600_000_000,
            minute: microseconds / 60_000_000 % 60,
            second: microseconds / 1_000_000 % 60,
            microsecond: microseconds % 1_000_000,
        };
        let all_days = months * 30 + days;
        Self { civil, days: all_days, day_of_year: all_days, is_interval: true }
    }

    /// Returns the year as it is printed: that of its era, or an interval's.
    pub(super) fn year(&self, year: i64) -> i64 {
        if self.is_interval || year > 0 { year } else { 1 - year }
    }
}
