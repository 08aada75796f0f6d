//! Time zones: offsets, abbreviations, and the names of the IANA database.

use super::fault::{Fault, TimeFault};
use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use datafusion::arrow::array::timezone::Tz;
use std::str::FromStr;

const HOUR: i64 = 3_600;

/// How far from UTC a written offset may be, in hours.
const MAXIMUM_HOURS: i64 = 15;

/// Abbreviations, and their offset from UTC in minutes.
const ABBREVIATIONS: [(&str, i64); 58] = [
    ("acdt", 630),
    ("acst", 570),
    ("adt", -180),
    ("aedt", 660),
    ("aest", 600),
    ("akdt", -480),
    ("akst", -540),
    ("art", -180),
    ("ast", -240),
    ("awst", 480),
    ("brst", -120),
    ("brt", -180),
    ("bst", 60),
    ("cdt", -300),
    ("cest", 120),
    ("cet", 60),
    ("clst", -180),
    ("clt", -180),
    ("cot", -300),
    ("cst", -360),
    ("eat", 180),
    ("edt", -240),
    ("eest", 180),
    ("eet", 120),
    ("est", -300),
    ("gmt", 0),
    ("hkt", 480),
    ("hst", -600),
    ("ict", 420),
    ("idt", 180),
    ("ist", 120),
    ("jst", 540),
    ("kst", 540),
    ("mdt", -360),
    ("mest", 120),
    ("mesz", 120),
    ("met", 60),
    ("mez", 60),
    ("msd", 240),
    ("msk", 180),
    ("mst", -420),
    ("ndt", -150),
    ("nst", -210),
    ("nzdt", 780),
    ("nzst", 720),
    ("nzt", 720),
    ("pdt", -420),
    ("pht", 480),
    ("pkt", 300),
    ("pst", -480),
    ("sast", 120),
    ("sgt", 480),
    ("uct", 0),
    ("ut", 0),
    ("utc", 0),
    ("wet", 0),
    ("z", 0),
    ("zulu", 0),
];

/// A time zone.
#[derive(Debug, Clone, Copy)]
pub enum Zone {
    /// Seconds east of UTC.
    Fixed(i64),
    /// A zone of the IANA database.
    Named(Tz),
}

impl Zone {
    /// Finds the zone of `AT TIME ZONE`: an abbreviation, a name, or an offset as POSIX writes it, west of UTC.
    ///
    /// # Errors
    /// 22023 where there is none.
    pub fn named(name: &str) -> Result<Self, TimeFault> {
        let unknown = || TimeFault::UnknownZone { name: name.to_owned() };
        Self::abbreviated(&name.to_ascii_lowercase())
            .or_else(|| Self::of_database(name))
            .or_else(|| Self::posix(name))
            .ok_or_else(unknown)
    }

    /// Finds an abbreviation, lower case.
    pub(super) fn abbreviated(word: &str) -> Option<Self> {
        let (_, minutes) = ABBREVIATIONS.iter().find(|(name, _)| *name == word)?;
        Some(Self::Fixed(minutes * 60))
    }

    /// Finds a zone by its name in a text; capitals do not count.
    pub(super) fn written(name: &str) -> Option<Self> {
        Self::of_database(name).or_else(|| Self::posix(name))
    }

    fn of_database(name: &str) -> Option<Self> {
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        [name.to_owned(), capitalized(name), name.to_ascii_uppercase()]
            .iter()
            .find_map(|spelling| Tz::from_str(spelling).ok())
            .map(Self::Named)
    }

    /// Reads `UTC+3`, `<x>-03:30` without its brackets, or `+3`: the sign tells how far *west* of UTC the zone is.
    fn posix(name: &str) -> Option<Self> {
        let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters != 0 && letters < 3 {
            return None;
        }
        let offset = &name[letters..];
        let offset = offset.strip_prefix('+').map_or_else(
            || offset.strip_prefix('-').map(|rest| (rest, 1)),
            |rest| Some((rest, -1)),
        );
        let (digits, sign) = offset?;
        let mut seconds = 0;
        let mut unit = HOUR;
        for part in digits.split(':') {
            if unit == 0 || part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let value = part.parse::<i64>().ok()?;
            if value > if unit == HOUR { 167 } else { 59 } {
                return None;
            }
            seconds += value * unit;
            unit /= 60;
        }
        Some(Self::Fixed(sign * seconds))
    }

    /// Reads `+02`, `-0330`, `+05:30:15`: the sign tells how far east of UTC the zone is.
    pub(super) fn offset(text: &str) -> Result<Self, Fault> {
        let (sign, digits) = match text.split_at_checked(1) {
            Some(("+", digits)) => (1, digits),
            Some(("-", digits)) => (-1, digits),
            _ => return Err(Fault::Syntax),
        };
        let mut parts = digits.split(':').map(|part| {
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(Fault::Syntax);
            }
            part.parse::<i32>().map(i64::from).map_err(|_| Fault::Displacement)
        });
        let mut hours = parts.next().unwrap_or(Err(Fault::Syntax))?;
        let mut minutes = parts.next().transpose()?.unwrap_or(0);
        let seconds = parts.next().transpose()?.unwrap_or(0);
        if parts.next().is_some() {
            return Err(Fault::Syntax);
        }
        if digits.len() > 2 && !digits.contains(':') {
            minutes = hours % 100;
            hours /= 100;
        }
        if hours > MAXIMUM_HOURS || minutes >= 60 || seconds >= 60 {
            return Err(Fault::Displacement);
        }
        Ok(Self::Fixed(sign * (hours * HOUR + minutes * 60 + seconds)))
    }

    /// Returns the seconds east of UTC at a moment in UTC.
    #[must_use]
    pub fn offset_at(&self, microseconds: i64) -> i64 {
        match self {
            Self::Fixed(seconds) => *seconds,
            Self::Named(zone) => {
                zone.offset_from_utc_datetime(&naive(microseconds)).fix().local_minus_utc().into()
            }
        }
    }

    /// Returns the moment in UTC at which the clocks of the zone show a time; of two the later, and of a time that is
    /// left out the one by the clock before.
    #[must_use]
    pub fn to_utc(&self, local: i64) -> Option<i64> {
        let seconds = match self {
            Self::Fixed(seconds) => *seconds,
            Self::Named(zone) => match zone.offset_from_local_datetime(&naive(local)) {
                MappedLocalTime::Single(offset) => offset.fix().local_minus_utc().into(),
                MappedLocalTime::Ambiguous(_, later) => later.fix().local_minus_utc().into(),
                MappedLocalTime::None => self.offset_at(local.saturating_sub(86_400_000_000)),
            },
        };
        local.checked_sub(seconds * 1_000_000)
    }

    /// Returns what the clocks of the zone show at a moment in UTC.
    #[must_use]
    pub fn to_local(&self, microseconds: i64) -> Option<i64> {
        microseconds.checked_add(self.offset_at(microseconds) * 1_000_000)
    }
}

/// Returns a moment as chrono has it; those that it does not hold lie beyond all rules for summer time.
fn naive(microseconds: i64) -> NaiveDateTime {
    let moment = DateTime::from_timestamp_micros(microseconds);
    moment.map_or(NaiveDateTime::default(), |moment| moment.naive_utc())
}

/// Writes `america/new_york` as the database does.
fn capitalized(name: &str) -> String {
    let mut after_letter = false;
    name.chars()
        .map(|character| {
            let written = if after_letter {
                character.to_ascii_lowercase()
            } else {
                character.to_ascii_uppercase()
            };
            after_letter = character.is_ascii_alphabetic();
            written
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_in_all_forms() {
        let seconds = |text| match Zone::offset(text) {
            Ok(Zone::Fixed(seconds)) => Ok(seconds),
            Ok(Zone::Named(_)) => panic!("an offset has no name"),
            Err(fault) => Err(fault),
        };
        assert_eq!(seconds("+02"), Ok(7_200));
        assert_eq!(seconds("-0330"), Ok(-12_600));
        assert_eq!(seconds("+05:30:15"), Ok(19_815));
        assert_eq!(seconds("+16"), Err(Fault::Displacement));
        assert_eq!(seconds("+2a"), Err(Fault::Syntax));
    }

    #[test]
    fn names_of_zones_know_summer_and_winter() {
        let zone = Zone::named("america/new_york").unwrap();
        assert_eq!(zone.offset_at(1_751_450_400_000_000), -4 * 3_600);
        assert_eq!(zone.offset_at(1_735_725_600_000_000), -5 * 3_600);
        assert!(Zone::named("America/Nowhere").is_err());
        assert!(matches!(Zone::named("UTC+3"), Ok(Zone::Fixed(-10_800))));
    }
}
