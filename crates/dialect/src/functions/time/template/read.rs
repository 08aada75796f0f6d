//! Reads a text by a template.

use super::pattern::{Field, Pattern, Piece};
use super::reading::Reading;
use super::scan::Scan;
use census_error::{Error, SqlState};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SHORT_MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const SHORT_DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/// A longer numeral before those that it begins with, and which month it is.
const ROMAN: [(&str, i64); 12] = [
    ("xii", 12),
    ("xi", 11),
    ("x", 10),
    ("ix", 9),
    ("viii", 8),
    ("vii", 7),
    ("vi", 6),
    ("v", 5),
    ("iv", 4),
    ("iii", 3),
    ("ii", 2),
    ("i", 1),
];

/// Reads a text; returns microseconds since 1970 in UTC.
pub(in crate::functions::time) fn read(pieces: &[Piece], text: &str) -> Result<i64, Error> {
    let mut scan = Scan::new(text);
    let mut reading = Reading::default();
    let mut is_fixed = false;
    // How many characters more were skipped than the template has.
    let mut skipped = 0;
    for (index, piece) in pieces.iter().enumerate() {
        if scan.rest.is_empty() {
            break;
        }
        if !is_fixed && (index == 0 || matches!(piece, Piece::Field(_))) {
            skipped += scan.skip_blanks();
        }
        match piece {
            Piece::Blank(_) | Piece::Separator(_) if is_fixed => scan.skip(),
            Piece::Blank(_) | Piece::Separator(_) => {
                skipped -= 1;
                let is_match =
                    |next: char| next.is_ascii_whitespace() || next.is_ascii_punctuation();
                if scan.rest.starts_with(is_match) {
                    scan.skip();
                    skipped += 1;
                }
            }
            // What was skipped before may have been this character.
            Piece::Character(_) if !is_fixed && skipped > 0 => skipped -= 1,
            Piece::Character(_) => scan.skip(),
            Piece::Field(field) if field.pattern == Pattern::Fixed => is_fixed = true,
            Piece::Field(field) => {
                read_field(&mut scan, &mut reading, field, pieces.get(index + 1), skipped)?;
                if field.ordinal.is_some() {
                    scan.skip();
                    scan.skip();
                }
                if !is_fixed {
                    skipped = scan.skip_blanks();
                }
            }
        }
    }
    reading.timestamp(text)
}

fn read_field(
    scan: &mut Scan<'_>,
    reading: &mut Reading,
    field: &Field,
    next: Option<&Piece>,
    skipped: i32,
) -> Result<(), Error> {
    reading.take_calendar(field)?;
    match field.pattern {
        Pattern::Afternoon => {
            let names: [&str; 2] =
                if field.name.contains('.') { ["a.m.", "p.m."] } else { ["am", "pm"] };
            reading.set_afternoon(scan.name(field, &names)? == 1, field)
        }
        Pattern::Era => {
            let names: [&str; 2] =
                if field.name.contains('.') { ["a.d.", "b.c."] } else { ["ad", "bc"] };
            reading.is_before_christ = scan.name(field, &names)? == 1;
            Ok(())
        }
        Pattern::MonthName => read_name(scan, reading, field, &MONTHS),
        Pattern::MonthShortName => read_name(scan, reading, field, &SHORT_MONTHS),
        Pattern::Roman => {
            let index = scan.name(field, &ROMAN.map(|(numeral, _)| numeral))?;
            let month = usize::try_from(index).ok().and_then(|index| ROMAN.get(index));
            reading.set(field, month.map_or(0, |(_, month)| *month))
        }
        Pattern::DayName => read_name(scan, reading, field, &DAYS),
        Pattern::DayShortName => read_name(scan, reading, field, &SHORT_DAYS),
        Pattern::Zone | Pattern::Offset => Err(Error::new(
            SqlState::FeatureNotSupported,
            format!(
                "formatting field \"{}\" is only supported in to_char",
                field.name.to_uppercase()
            ),
        )),
        Pattern::ZoneHours => {
            let is_negative = is_negative_zone(scan, skipped);
            reading.zone_sign = if is_negative { -1 } else { 1 };
            let (hours, _) = scan.number(field, 2, next)?;
            reading.set(field, hours)
        }
        Pattern::YearWithComma => {
            let (thousands, _) = scan.number(field, 1, Some(&Piece::Separator(',')))?;
            scan.skip();
            let (rest, _) = scan.number(field, 3, None)?;
            reading.set_year(field, thousands * 1_000 + rest, 4)
        }
        Pattern::Year(digits) | Pattern::IsoYear(digits) => {
            let (year, used) = scan.number(field, usize::from(digits), next)?;
            let year = if digits < 4 && used < 4 { near_2020(year) } else { year };
            reading.set_year(field, year, digits)
        }
        Pattern::Millisecond => {
            let (value, used) = scan.number(field, 3, next)?;
            reading.set(field, value * [1, 100, 10].get(used).unwrap_or(&1))
        }
        Pattern::Microsecond | Pattern::Fraction(_) => {
            let (value, used) = scan.number(field, digits(field), next)?;
            let missing = 6_usize.saturating_sub(used);
            let scale = 10_i64.pow(u32::try_from(missing).unwrap_or(0));
            reading.set(field, value * scale)
        }
        _ => {
            let (value, _) = scan.number(field, digits(field), next)?;
            reading.set(field, value)
        }
    }
}

/// Reads one of the names of a month or day, which count from 1.
fn read_name(
    scan: &mut Scan<'_>,
    reading: &mut Reading,
    field: &Field,
    names: &[&str],
) -> Result<(), Error> {
    let number = scan.name(field, names)? + 1;
    reading.set(field, number)
}

/// Returns how many digits a field has at most.
fn digits(field: &Field) -> usize {
    match field.pattern {
        Pattern::DayOfYear | Pattern::IsoDayOfYear | Pattern::Millisecond => 3,
        Pattern::Fraction(digits) | Pattern::Year(digits) | Pattern::IsoYear(digits) => {
            usize::from(digits)
        }
        Pattern::Microsecond => 6,
        Pattern::SecondsOfDay => field.name.len(),
        Pattern::Weekday
        | Pattern::IsoWeekday
        | Pattern::WeekOfMonth
        | Pattern::Quarter
        | Pattern::Julian => 1,
        _ => 2,
    }
}

/// Takes the sign of an offset; where there is none, a minus sign that was skipped as a separator counts.
fn is_negative_zone(scan: &mut Scan<'_>, skipped: i32) -> bool {
    match scan.rest.chars().next() {
        Some(sign @ ('+' | '-' | ' ')) => {
            scan.skip();
            sign == '-'
        }
        _ => skipped > 0 && scan.last == Some('-'),
    }
}

/// Returns the year near 2020 that ends with up to three digits.
fn near_2020(year: i64) -> i64 {
    match year {
        0..=69 | 100..=519 => year + 2_000,
        70..=99 => year + 1_900,
        520..=999 => year + 1_000,
        _ => year,
    }
}
