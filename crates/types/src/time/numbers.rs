//! Numbers, fractions and clock times inside of dates and intervals.

use super::fault::Fault;

/// Reads digits; what 32 bits do not hold is out of range.
pub(super) fn integer(digits: &str) -> Result<i64, Fault> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Fault::Syntax);
    }
    digits.parse::<i32>().map(i64::from).map_err(|_| Fault::Field)
}

/// Reads `.5` as a part of one.
pub(super) fn part(text: &str) -> Result<f64, Fault> {
    match text.strip_prefix('.') {
        Some("") => Ok(0.0),
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("0.{digits}").parse().map_err(|_| Fault::Syntax)
        }
        _ => Err(Fault::Syntax),
    }
}

/// Reads `.5` as microseconds of a second, rounded; they may be a whole second.
pub(super) fn fraction(text: &str) -> Result<i64, Fault> {
    scaled_fraction(text, 1_000_000)
}

/// Reads `.5` as a part of a number of microseconds, rounded.
pub(super) fn scaled_fraction(text: &str, whole: i64) -> Result<i64, Fault> {
    #[expect(clippy::cast_precision_loss, reason = "a day has fewer microseconds than 2^53")]
    let scaled = part(text)? * whole as f64;
    #[expect(clippy::cast_possible_truncation, reason = "a part of a day")]
    Ok(scaled.round_ties_even() as i64)
}

/// A time with colons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hours: i64,
    pub(super) minutes: i64,
    pub(super) seconds: i64,
    /// Microseconds.
    pub(super) fraction: i64,
}

impl Clock {
    /// Returns all of it in microseconds.
    pub(super) fn microseconds(&self) -> i128 {
        let seconds = (i128::from(self.hours) * 60 + i128::from(self.minutes)) * 60;
        (seconds + i128::from(self.seconds)) * 1_000_000 + i128::from(self.fraction)
    }
}

/// Reads `10:00`, `10:00:00.5`, or `10:00.5`, which are minutes and seconds as `10:00` is if asked for.
pub(super) fn clock(text: &str, are_minutes: bool) -> Result<Clock, Fault> {
    let (whole, point) = match text.split_once('.') {
        Some((whole, _)) => (whole, Some(&text[whole.len()..])),
        None => (text, None),
    };
    let parts: Vec<&str> = whole.split(':').collect();
    let hours_of = |digits: &str| {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::Syntax);
        }
        digits.parse::<i64>().map_err(|_| Fault::Field)
    };
    let (hours, minutes, seconds) = match parts.as_slice() {
        [minutes, seconds] if point.is_some() || are_minutes => {
            (0, integer(minutes)?, integer(seconds)?)
        }
        [hours, minutes] => (hours_of(hours)?, integer(minutes)?, 0),
        [hours, minutes, seconds] => (hours_of(hours)?, integer(minutes)?, integer(seconds)?),
        _ => return Err(Fault::Syntax),
    };
    let fraction = point.map_or(Ok(0), fraction)?;
    if minutes > 59 || seconds > 60 {
        return Err(Fault::Field);
    }
    Ok(Clock { hours, minutes, seconds, fraction })
}
