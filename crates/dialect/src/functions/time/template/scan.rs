//! Takes numbers and names out of a text, as a template says.

use super::pattern::{Field, Pattern, Piece};
use census_error::{Error, SqlState};

/// The text that is left.
pub(super) struct Scan<'a> {
    pub(super) rest: &'a str,
    /// The last character that was skipped.
    pub(super) last: Option<char>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, last: None }
    }

    pub(super) fn skip(&mut self) {
        let mut characters = self.rest.chars();
        self.last = characters.next();
        self.rest = characters.as_str();
    }

    pub(super) fn skip_blanks(&mut self) -> i32 {
        let mut skipped = 0;
        while self.rest.starts_with(|next: char| next.is_ascii_whitespace()) {
            self.skip();
            skipped += 1;
        }
        skipped
    }

    /// Reads a number of a width; in fill mode, or before something that is no digit, all digits there are.
    /// Returns it and how many characters it took.
    pub(super) fn number(
        &mut self,
        field: &Field,
        width: usize,
        next: Option<&Piece>,
    ) -> Result<(i64, usize), Error> {
        let before = self.rest.len();
        self.skip_blanks();
        let all = field.is_filled || is_separated(field, next);
        let window: String =
            if all { self.rest.to_owned() } else { self.rest.chars().take(width).collect() };
        let shown: String = self.rest.chars().take(width).collect();
        if !all && shown.chars().count() < width {
            let message =
                format!("source string too short for \"{}\" formatting field", field.name);
            return Err(Error::new(SqlState::InvalidDatetimeFormat, message).with_detail(format!(
                "Field requires {width} characters, but only {} remain.",
                shown.chars().count()
            )));
        }
        let blanks = window.len() - window.trim_start().len();
        let sign = usize::from(window[blanks..].starts_with(['+', '-']));
        let digits = window[blanks + sign..].bytes().take_while(u8::is_ascii_digit).count();
        let invalid = || {
            let message = format!("invalid value \"{shown}\" for \"{}\"", field.name);
            Error::new(SqlState::InvalidDatetimeFormat, message)
        };
        if digits == 0 {
            return Err(invalid().with_detail("Value must be an integer."));
        }
        let used = blanks + sign + digits;
        if !all && used < width {
            return Err(invalid().with_detail(format!(
                "Field requires {width} characters, but only {used} could be parsed."
            )));
        }
        let value = window[blanks..used].trim_start_matches('+').parse::<i32>();
        let value = value.map_err(|_| {
            let message = format!("value for \"{}\" in source string is out of range", field.name);
            Error::new(SqlState::DatetimeFieldOverflow, message)
        })?;
        self.rest = &self.rest[used..];
        Ok((value.into(), before - self.rest.len()))
    }

    /// Reads one of several names; capitals do not count.
    pub(super) fn name(&mut self, field: &Field, names: &[&str]) -> Result<i64, Error> {
        for (index, name) in (0_i64..).zip(names) {
            let start = self.rest.get(..name.len());
            if start.is_some_and(|start| start.eq_ignore_ascii_case(name)) {
                self.rest = &self.rest[name.len()..];
                return Ok(index);
            }
        }
        let shown: String = self.rest.chars().take(field.name.len()).collect();
        let message = format!("invalid value \"{shown}\" for \"{}\"", field.name);
        Err(Error::new(SqlState::InvalidDatetimeFormat, message)
            .with_detail("The given value did not match any of the allowed values for this field."))
    }
}

/// Tells whether a number ends where something else begins.
fn is_separated(field: &Field, next: Option<&Piece>) -> bool {
    if field.ordinal.is_some() {
        return true;
    }
    match next {
        None => true,
        Some(Piece::Field(next)) => !is_number(next.pattern),
        Some(Piece::Blank(next) | Piece::Separator(next) | Piece::Character(next)) => {
            !next.is_ascii_digit()
        }
    }
}

fn is_number(pattern: Pattern) -> bool {
    !matches!(
        pattern,
        Pattern::Era
            | Pattern::Afternoon
            | Pattern::DayName
            | Pattern::DayShortName
            | Pattern::Fixed
            | Pattern::MonthName
            | Pattern::MonthShortName
            | Pattern::Offset
            | Pattern::Roman
            | Pattern::ZoneHours
            | Pattern::Zone
    )
}
