//! Timestamps as AWS writes them, in microseconds of UTC since 1970.

use chrono::{DateTime, NaiveDateTime};
use serde_json::Value;

/// The furthest from 1970 that dates are computed with, in seconds; their microseconds fit i64.
const FURTHEST: u64 = 8_200_000_000_000;

/// Reads an ISO 8601 text, with or without fraction and offset, or seconds since 1970; `None` for anything else.
///
/// REST-JSON services send the former by `timestampFormat` and the latter by default (Smithy, "timestampFormat").
pub(super) fn microseconds(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => of_text(text),
        Value::Number(number) => match number.as_i64() {
            Some(seconds) if seconds.unsigned_abs() > FURTHEST => None,
            Some(seconds) => seconds.checked_mul(1_000_000),
            None => of_seconds(number.as_f64()?),
        },
        _ => None,
    }
}

fn of_text(text: &str) -> Option<i64> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment.timestamp_micros());
    }
    if let Ok(moment) = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z") {
        return Some(moment.timestamp_micros());
    }
    let without_offset = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(without_offset.and_utc().timestamp_micros())
}

fn of_seconds(seconds: f64) -> Option<i64> {
    #[expect(clippy::cast_precision_loss, reason = "a round number far below 2^53")]
    if seconds.abs() > FURTHEST as f64 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded just above")]
    let microseconds = (seconds * 1e6).round() as i64;
    Some(microseconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_spelling_of_a_moment_is_read() {
        for value in [
            json!("2020-09-13T12:26:40Z"),
            json!("2020-09-13T14:26:40+02:00"),
            json!("2020-09-13T14:26:40+0200"),
            json!("2020-09-13T12:26:40"),
            json!("2020-09-13T12:26:40.000Z"),
            json!(1_600_000_000),
            json!(1_600_000_000.0),
        ] {
            assert_eq!(microseconds(&value), Some(1_600_000_000_000_000), "{value}");
        }
    }

    #[test]
    fn fractions_are_kept_to_the_microsecond() {
        assert_eq!(microseconds(&json!("1970-01-01T00:00:00.123456789Z")), Some(123_456));
        assert_eq!(microseconds(&json!(0.25)), Some(250_000));
    }

    #[test]
    fn anything_else_is_no_moment() {
        for value in
            [json!("yesterday"), json!(""), json!(true), json!(1e300), json!(9_000_000_000_000_i64)]
        {
            assert_eq!(microseconds(&value), None, "{value}");
        }
    }
}
