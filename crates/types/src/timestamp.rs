//! timestamp: microseconds without a zone, always UTC; how it is kept and how it is printed.

use datafusion::arrow::datatypes::{DataType, TimeUnit};

use crate::calendar::Moment;

/// Returns the Arrow type that SQL sees: microseconds without a zone.
#[must_use]
pub fn data_type() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, None)
}

/// Returns the Arrow type in Delta tables: microseconds in UTC.
#[must_use]
pub fn stored_data_type() -> DataType {
    DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()))
}

/// Prints microseconds since 1970 as PostgreSQL's `timestamp`: `2025-07-10 04:00:00.5`.
///
/// Years before 1 end in ` BC`. The fraction has as many digits as it needs, at most six.
pub fn write_text(microseconds: i64, out: &mut String) {
    Moment::new(microseconds, TimeUnit::Microsecond).write_text(out);
}

/// Prints microseconds since 1970 as RFC 3339 in UTC: `2025-07-10T04:00:00.5Z`.
///
/// RFC 3339 ends with the year 9999; years outside it are printed with a sign, as ISO 8601 has it.
pub fn write_rfc3339(microseconds: i64, out: &mut String) {
    Moment::new(microseconds, TimeUnit::Microsecond).write_rfc3339(out);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(microseconds: i64) -> String {
        let mut out = String::new();
        write_text(microseconds, &mut out);
        out
    }

    fn rfc3339(microseconds: i64) -> String {
        let mut out = String::new();
        write_rfc3339(microseconds, &mut out);
        out
    }

    #[test]
    fn the_fraction_has_only_the_digits_it_needs() {
        assert_eq!(text(1_752_120_000_000_000), "2025-07-10 04:00:00");
        assert_eq!(text(1_752_120_000_500_000), "2025-07-10 04:00:00.5");
        assert_eq!(text(1_752_120_000_000_010), "2025-07-10 04:00:00.00001");
        assert_eq!(rfc3339(1_752_120_000_000_000), "2025-07-10T04:00:00Z");
        assert_eq!(rfc3339(1_752_120_000_123_456), "2025-07-10T04:00:00.123456Z");
    }

    #[test]
    fn times_before_1970_and_before_the_year_1_are_printed_as_postgresql_does() {
        assert_eq!(text(-1), "1969-12-31 23:59:59.999999");
        assert_eq!(text(-62_135_596_800_000_000), "0001-01-01 00:00:00");
        assert_eq!(text(-62_135_596_800_000_001), "0001-12-31 23:59:59.999999 BC");
        assert_eq!(rfc3339(-62_135_596_800_000_000), "0001-01-01T00:00:00Z");
    }

    #[test]
    fn the_widest_values_have_a_text() {
        assert_eq!(text(i64::MAX), "294247-01-10 04:00:54.775807");
        assert_eq!(text(i64::MIN), "290309-12-21 19:59:05.224192 BC");
        assert_eq!(rfc3339(i64::MAX), "+294247-01-10T04:00:54.775807Z");
        assert_eq!(rfc3339(i64::MIN), "-290308-12-21T19:59:05.224192Z");
    }
}
