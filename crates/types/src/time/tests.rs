//! What is read is what was printed, and no text makes a reader panic.

use super::{
    IntervalFields, MINIMUM_TIMESTAMP, Span, read_date, read_interval, read_time, read_timestamp,
};
use crate::timestamp::write_text;
use proptest::prelude::*;

fn printed(microseconds: i64) -> String {
    let mut out = String::new();
    write_text(microseconds, &mut out);
    out
}

fn timestamp(text: &str) -> String {
    read_timestamp(text).map_or_else(|fault| fault.to_string(), printed)
}

fn interval(text: &str) -> String {
    let mut out = String::new();
    match read_interval(text, IntervalFields::All) {
        Ok(span) => span.write(&mut out),
        Err(fault) => out = fault.to_string(),
    }
    out
}

proptest! {
    #[test]
    fn a_printed_timestamp_reads_as_itself(microseconds in MINIMUM_TIMESTAMP..=i64::MAX) {
        prop_assert_eq!(read_timestamp(&printed(microseconds)), Ok(microseconds));
    }

    #[test]
    fn a_printed_interval_reads_as_itself(months: i32, days: i32, microseconds: i64) {
        // 2^63 microseconds have no opposite, and every sign is read apart.
        prop_assume!(microseconds != i64::MIN);
        let span = Span { months, days, microseconds };
        let mut out = String::new();
        span.write(&mut out);
        prop_assert_eq!(read_interval(&out, IntervalFields::All), Ok(span));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,30}|[-0-9:. +/TPYMDHSWZabcjmnp]{0,30}") {
        let _ = read_timestamp(&text);
        let _ = read_date(&text);
        let _ = read_time(&text);
        let _ = read_interval(&text, IntervalFields::All);
    }
}

#[test]
fn dates_are_read_in_every_form_of_the_documentation() {
    for text in [
        "January 8, 1999",
        "1999-01-08",
        "1/8/1999",
        "1999-Jan-08",
        "Jan-08-1999",
        "08-Jan-1999",
        "19990108",
        "990108",
        "1999.008",
        "J2451187",
        "08-Jan-99",
        "Fri Jan 08 1999",
        "y1999m01d08",
    ] {
        assert_eq!(timestamp(text), "1999-01-08 00:00:00", "{text}");
    }
    assert_eq!(timestamp("01/02/03"), "2003-01-02 00:00:00");
    assert_eq!(timestamp("January 8, 99 BC"), "0099-01-08 00:00:00 BC");
    assert_eq!(timestamp("99-Jan-08"), "date/time field value out of range: \"99-Jan-08\"");
}

#[test]
fn times_are_read_in_every_form_of_the_documentation() {
    for text in ["04:05:06.789", "040506.789", "04:05:06.789 am", "T04:05:06.789"] {
        assert_eq!(read_time(text), Ok(14_706_789_000), "{text}");
    }
    assert_eq!(read_time("0405"), Ok(14_700_000_000));
    assert_eq!(timestamp("2025-01-02 04:05 PM"), "2025-01-02 16:05:00");
    assert_eq!(timestamp("2025-01-02 23:59:59.9999999"), "2025-01-03 00:00:00");
}

#[test]
fn zones_are_applied() {
    for text in [
        "2025-07-02 10:00 America/New_York",
        "2025-07-02 10:00 EDT",
        "2025-07-02 10:00-04",
        "2025-07-02T10:00-0400",
        "20250702T100000-04",
        "2025-07-02 10:00 -04:00",
    ] {
        assert_eq!(timestamp(text), "2025-07-02 14:00:00", "{text}");
    }
}

#[test]
fn intervals_are_read_in_every_form_of_the_documentation() {
    for text in [
        "1 year 2 months 3 days 4 hours 5 minutes 6 seconds",
        "P1Y2M3DT4H5M6S",
        "P0001-02-03T04:05:06",
        "1-2 3 4:05:06",
        "1y 2mon 3d 4h 5m 6s",
        "P00010203T040506",
    ] {
        assert_eq!(interval(text), "1 year 2 mons 3 days 04:05:06", "{text}");
    }
    assert_eq!(interval("1.5 weeks"), "10 days 12:00:00");
    assert_eq!(interval("@ 1 day 2 hours ago"), "-1 days -02:00:00");
    assert_eq!(interval("-1-2 +3 -4:05:06"), "-1 years -2 mons +3 days -04:05:06");
    assert_eq!(
        interval("9999999999 years"),
        "interval field value out of range: \"9999999999 years\""
    );
    assert_eq!(interval("nonsense"), "invalid input syntax for type interval: \"nonsense\"");
}
