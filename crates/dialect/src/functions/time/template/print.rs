//! Fills a template with the fields of a timestamp or interval.

use super::fields::TimeFields;
use super::ordinal;
use super::pattern::{Field, Pattern, Piece};
use census_error::{Error, SqlState};
use census_types::time::{
    days_of_date, iso_week, iso_weekday, julian_day, month_named, weekday_named,
};

/// The months, from December to January.
const ROMAN: [&str; 12] =
    ["XII", "XI", "X", "IX", "VIII", "VII", "VI", "V", "IV", "III", "II", "I"];

/// Prints a template.
pub(in crate::functions::time) fn print(
    pieces: &[Piece],
    fields: &TimeFields,
) -> Result<String, Error> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Field(field) => print_field(field, fields, &mut out)?,
            Piece::Blank(character) | Piece::Separator(character) | Piece::Character(character) => {
                out.push(*character);
            }
        }
    }
    Ok(out)
}

fn print_field(field: &Field, fields: &TimeFields, out: &mut String) -> Result<(), Error> {
    if fields.is_interval && is_of_calendar(field.pattern) {
        return Err(Error::new(
            SqlState::InvalidDatetimeFormat,
            "invalid format specification for an interval value",
        )
        .with_hint("Intervals are not tied to specific calendar dates."));
    }
    if let Some(name) = name(field, fields) {
        out.push_str(&name);
        return Ok(());
    }
    let Some(number) = number(field, fields) else {
        return Ok(());
    };
    out.push_str(&number);
    if let Some(ordinal) = field.ordinal {
        out.push_str(ordinal::ending(&number, ordinal));
    }
    Ok(())
}

/// Tells whether only a day of the calendar has the field.
fn is_of_calendar(pattern: Pattern) -> bool {
    matches!(
        pattern,
        Pattern::Era
            | Pattern::DayName
            | Pattern::DayShortName
            | Pattern::Weekday
            | Pattern::IsoWeekday
            | Pattern::MonthName
            | Pattern::MonthShortName
            | Pattern::Offset
            | Pattern::Zone
            | Pattern::ZoneHours
            | Pattern::ZoneMinutes
    )
}

/// Returns the text of a field that is none of numbers.
fn name(field: &Field, fields: &TimeFields) -> Option<String> {
    let civil = &fields.civil;
    let weekday = iso_weekday(fields.days);
    let padded = |name: String, width: usize| {
        if field.is_filled || field.is_local { name } else { format!("{name:<width$}") }
    };
    Some(match field.pattern {
        Pattern::Afternoon => {
            let letters =
                if civil.hour.rem_euclid(24) >= 12 && civil.hour >= 0 { "PM" } else { "AM" };
            in_style(field.name, letters)
        }
        Pattern::Era => in_style(field.name, if civil.year <= 0 { "BC" } else { "AD" }),
        Pattern::DayName => padded(cased(field.name, weekday_named(weekday)), 9),
        Pattern::DayShortName => cased(field.name, &weekday_named(weekday)[..3]),
        Pattern::MonthName => padded(cased(field.name, month_named(civil.month)), 9),
        Pattern::MonthShortName => cased(field.name, &month_named(civil.month)[..3]),
        Pattern::Roman => {
            let numeral = roman(civil.year, civil.month)?;
            let numeral =
                if field.name == "rm" { numeral.to_lowercase() } else { numeral.to_owned() };
            if field.is_filled { numeral } else { format!("{numeral:<4}") }
        }
        Pattern::Zone => if field.name == "tz" { "utc" } else { "UTC" }.to_owned(),
        Pattern::Offset | Pattern::ZoneHours => {
            if field.is_filled && field.pattern == Pattern::Offset { "+0" } else { "+00" }
                .to_owned()
        }
        Pattern::ZoneMinutes => "00".to_owned(),
        Pattern::Fixed => String::new(),
        _ => return None,
    })
}

/// Writes two letters with or without points, as the pattern has them.
fn in_style(pattern: &str, letters: &str) -> String {
    let text = if pattern.contains('.') {
        letters.chars().flat_map(|letter| [letter, '.']).collect()
    } else {
        letters.to_owned()
    };
    if pattern.starts_with(|first: char| first.is_ascii_lowercase()) {
        text.to_lowercase()
    } else {
        text
    }
}

/// Writes a lower-case name with the capitals of the pattern.
fn cased(pattern: &str, name: &str) -> String {
    let mut capitals = pattern.bytes().map(|byte| byte.is_ascii_uppercase());
    match (capitals.next(), capitals.next()) {
        (Some(true), Some(true)) => name.to_uppercase(),
        (Some(true), _) => {
            let (first, rest) = name.split_at(name.len().min(1));
            format!("{}{rest}", first.to_uppercase())
        }
        _ => name.to_owned(),
    }
}

/// Returns the Roman numeral of a month; negative months of intervals count from December.
fn roman(year: i64, month: i64) -> Option<&'static str> {
    let index = match month {
        0 if year == 0 => return None,
        0 if year > 0 => 0,
        0 => 11,
        ..0 => -(month + 1),
        _ => 12 - month,
    };
    usize::try_from(index).ok().and_then(|index| ROMAN.get(index)).copied()
}

/// Returns the digits of a field.
fn number(field: &Field, fields: &TimeFields) -> Option<String> {
    let civil = &fields.civil;
    // Fill mode leaves out zeros; a sign takes a place of its own.
    let digits = |value: i64, width: usize| {
        let width = if field.is_filled { 0 } else { width + usize::from(value < 0) };
        format!("{value:0width$}")
    };
    let iso = || iso_week(fields.days);
    Some(match field.pattern {
        Pattern::Hour12 => {
            let hour = if civil.hour % 12 == 0 { 12 } else { civil.hour % 12 };
            let width = if civil.hour >= 0 { 2 } else { 3 };
            let width = if field.is_filled { 0 } else { width };
            format!("{hour:0width$}")
        }
        Pattern::Hour24 => digits(civil.hour, 2),
        Pattern::Minute => digits(civil.minute, 2),
        Pattern::Second => digits(civil.second, 2),
        Pattern::Millisecond => format!("{:03}", civil.microsecond / 1_000),
        Pattern::Microsecond => format!("{:06}", civil.microsecond),
        Pattern::Fraction(width) => {
            let unit = 10_i64.pow(6 - u32::from(width));
            format!("{:0width$}", civil.microsecond / unit, width = usize::from(width))
        }
        Pattern::SecondsOfDay => {
            (civil.hour * 3_600 + civil.minute * 60 + civil.second).to_string()
        }
        Pattern::Month => digits(civil.month, 2),
        Pattern::DayOfYear => digits_of(field, fields.day_of_year, 3),
        Pattern::IsoDayOfYear => {
            let fourth = days_of_date(iso().0, 1, 4);
            digits_of(field, fields.days - (fourth - iso_weekday(fourth)), 3)
        }
        Pattern::Day => digits_of(field, civil.day, 2),
        Pattern::Weekday => (iso_weekday(fields.days) % 7 + 1).to_string(),
        Pattern::IsoWeekday => iso_weekday(fields.days).to_string(),
        Pattern::WeekOfYear => digits_of(field, (fields.day_of_year - 1) / 7 + 1, 2),
        Pattern::IsoWeek => digits_of(field, iso().1, 2),
        Pattern::WeekOfMonth => ((civil.day - 1) / 7 + 1).to_string(),
        Pattern::Quarter if civil.month == 0 => return None,
        Pattern::Quarter => ((civil.month - 1) / 3 + 1).to_string(),
        Pattern::Century => digits(century(fields), 2),
        Pattern::YearWithComma => {
            let year = fields.year(civil.year);
            let thousands = year / 1_000;
            format!("{thousands},{:03}", year - thousands * 1_000)
        }
        Pattern::Year(width) => year(field, fields.year(civil.year), width),
        Pattern::IsoYear(width) => year(field, fields.year(iso().0), width),
        Pattern::Julian => julian_day(fields.days).to_string(),
        _ => return None,
    })
}

/// Returns digits whose sign takes no place of its own.
fn digits_of(field: &Field, value: i64, width: usize) -> String {
    let width = if field.is_filled { 0 } else { width };
    format!("{value:0width$}")
}

/// Returns the last digits of a year.
fn year(field: &Field, year: i64, width: u8) -> String {
    let value = if width == 4 { year } else { year % 10_i64.pow(width.into()) };
    if width == 1 {
        return value.to_string();
    }
    let width = usize::from(width) + usize::from(year < 0);
    let width = if field.is_filled { 0 } else { width };
    format!("{value:0width$}")
}

fn century(fields: &TimeFields) -> i64 {
    let year = fields.civil.year;
    if fields.is_interval {
        year / 100
    } else if year > 0 {
        (year - 1) / 100 + 1
    } else {
        year / 100 - 1
    }
}
