//! The values that a setting takes, and the form in which each is kept and shown.

use super::Setting;
use crate::error::EngineError;
use census_error::Result;
use chrono::{DateTime, Utc};

/// What values a setting takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// `on` or `off`.
    Switch,
    /// A number of units within a range.
    Integer { unit: Unit, least: i64, most: i64 },
    /// A number within a range.
    Real { least: f64, most: f64 },
    /// An RFC 3339 time.
    Time,
    /// Any text.
    Text,
    /// One of these words.
    Words(&'static [&'static str]),
    /// Only the default, under any of these spellings.
    Only(&'static [&'static str]),
    /// The user who asks, and nobody else.
    User,
    /// Nothing that a user without privileges may choose.
    Privileged,
    /// Nothing: it tells how things are.
    Fixed,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    None,
    Milliseconds,
    Seconds,
    Bytes,
    Kilobytes,
    /// Of 8 kB.
    Blocks,
}

/// Units of time in microseconds, the largest first.
const TIMES: &[(&str, i64)] = &[
    ("d", 86_400_000_000),
    ("h", 3_600_000_000),
    ("min", 60_000_000),
    ("s", 1_000_000),
    ("ms", 1_000),
    ("us", 1),
];

/// Units of memory in bytes, the largest first.
const SIZES: &[(&str, i64)] =
    &[("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("kB", 1 << 10), ("B", 1)];

impl Unit {
    /// Returns how much of the smallest unit one is, and the units that may be written and shown.
    fn scale(self) -> (i64, &'static [(&'static str, i64)]) {
        match self {
            Self::None => (1, &[]),
            Self::Milliseconds => (1_000, TIMES),
            Self::Seconds => (1_000_000, TIMES),
            Self::Bytes => (1, SIZES),
            Self::Kilobytes => (1 << 10, SIZES),
            Self::Blocks => (8 << 10, SIZES),
        }
    }

    /// Reads a number, with or without a unit, as a number of these.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        let text = text.trim();
        let is_number = |character: char| !matches!(character, '0'..='9' | '+' | '-' | '.');
        let (number, unit) = text.split_at(text.find(is_number).unwrap_or(text.len()));
        let number: f64 = number.parse().ok()?;
        let (base, units) = self.scale();
        let factor = match unit.trim() {
            "" => base,
            unit => units.iter().find(|(known, _)| *known == unit)?.1,
        };
        // Settings are far from what a double cannot tell apart.
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        Some((number * factor as f64 / base as f64).round_ties_even() as i64)
    }

    /// Writes a number in the largest unit that gives a whole one.
    fn write(self, number: i64) -> String {
        let (base, units) = self.scale();
        let whole = number.saturating_mul(base);
        match units.iter().find(|(_, size)| number > 0 && whole % size == 0) {
            Some((unit, size)) => format!("{}{unit}", whole / size),
            None => number.to_string(),
        }
    }

    /// Returns what is written for a value.
    fn expected(self) -> &'static str {
        match self {
            Self::None => "a number",
            Self::Milliseconds => "milliseconds, or a number with us, ms, s, min, h or d",
            Self::Seconds => "seconds, or a number with us, ms, s, min, h or d",
            Self::Bytes => "bytes, or a number with B, kB, MB, GB or TB",
            Self::Kilobytes => "kilobytes, or a number with B, kB, MB, GB or TB",
            Self::Blocks => "blocks of 8 kB, or a number with B, kB, MB, GB or TB",
        }
    }
}

impl Setting {
    /// Returns a value in the form in which it is kept.
    ///
    /// # Errors
    /// 22023 for a value that the setting does not take, 42501 and 55P02 for a setting that takes none.
    pub(super) fn checked(&self, value: &str) -> Result<String> {
        let lower = value.trim().to_lowercase();
        let invalid = |expected: &str| {
            let expected = expected.to_owned();
            EngineError::InvalidSetting { name: self.name, value: value.to_owned(), expected }
        };
        match self.kind {
            Kind::Switch => match lower.as_str() {
                "on" | "true" | "yes" | "1" | "t" | "y" => Ok("on".to_owned()),
                "off" | "false" | "no" | "0" | "f" | "n" => Ok("off".to_owned()),
                _ => Err(EngineError::NotBoolean { name: self.name }.into()),
            },
            Kind::Integer { unit, least, most } => match unit.read(value) {
                Some(number) if (least..=most).contains(&number) => Ok(unit.write(number)),
                Some(number) => Err(self.outside(&number.to_string(), least, most)),
                None => Err(invalid(unit.expected()).into()),
            },
            Kind::Real { least, most } => match lower.parse::<f64>() {
                Ok(number) if (least..=most).contains(&number) => Ok(number.to_string()),
                Ok(number) => Err(self.outside(&number.to_string(), least, most)),
                Err(_) => Err(invalid("a number").into()),
            },
            Kind::Time => match DateTime::parse_from_rfc3339(value.trim()) {
                Ok(time) => Ok(rfc3339(time.to_utc())),
                Err(_) => {
                    Err(invalid("an RFC 3339 time such as 2026-11-22 19:40:12.000+00:00").into())
                }
            },
            Kind::Text => Ok(value.to_owned()),
            Kind::Words(words) if words.contains(&lower.as_str()) => Ok(lower),
            Kind::Words(words) => Err(invalid(&words.join(", ")).into()),
            // Some drivers send a value in quotes when they connect.
            Kind::Only(spellings) if spellings.contains(&lower.trim_matches('\'')) => {
                Ok(self.default.to_owned())
            }
            Kind::Only(_) => Err(invalid(self.default).into()),
            Kind::User | Kind::Privileged => {
                Err(EngineError::PrivilegedSetting { name: self.name }.into())
            }
            Kind::Fixed => Err(EngineError::FixedSetting { name: self.name }.into()),
        }
    }

    fn outside(
        &self,
        value: &str,
        least: impl std::fmt::Display,
        most: impl std::fmt::Display,
    ) -> census_error::Error {
        let (least, most) = (least.to_string(), most.to_string());
        EngineError::SettingOutside { name: self.name, value: value.to_owned(), least, most }.into()
    }
}

/// Returns a time in RFC 3339 with a space between date and time, as DDSQL writes it.
pub(super) fn rfc3339(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d %H:%M:%S%.3f%:z").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_units_and_show_the_largest_that_is_whole() {
        for (unit, written, shown) in [
            (Unit::Milliseconds, "5000", "5s"),
            (Unit::Milliseconds, "1.5s", "1500ms"),
            (Unit::Milliseconds, "0", "0"),
            (Unit::Milliseconds, "100000001", "100000001ms"),
            (Unit::Kilobytes, "64MB", "64MB"),
            (Unit::Kilobytes, "65536", "64MB"),
            (Unit::Blocks, "1000kB", "1000kB"),
            (Unit::None, "-1", "-1"),
        ] {
            assert_eq!(unit.read(written).map(|number| unit.write(number)).as_deref(), Some(shown));
        }
        assert_eq!(Unit::Milliseconds.read("5 parsecs"), None);
        assert_eq!(Unit::None.read("5s"), None);
    }
}
