//! `format(…)`.

use super::printed::{Values, Writer};
use super::quote;
use crate::functions::argument::Arguments;
use crate::functions::argument::external;
use crate::functions::parameter::Parameter;
use crate::functions::record::{Example, FunctionRecord, Implementation, Overload, Section};
use crate::functions::rows;
use census_error::{Error, SqlState};
use datafusion::arrow::array::ArrayRef;
use datafusion::common::Result;

pub(crate) static RECORD: FunctionRecord = FunctionRecord {
    section: Section::Strings,
    name: "format",
    syntax: "format(text, any, …) → text",
    summary: "Writes arguments into a text: %s as they are, %I as names, %L as literals; with places as in %2$s and widths as in %-10s.",
    examples: &[
        Example {
            sql: "SELECT format('%s and %I and %L', 'a', 'B', 'c''d')",
            prints: "a and \"B\" and 'c''d'",
        },
        Example { sql: "SELECT format('%2$s|%1$5s', 'a', 'b')", prints: "b|    a" },
    ],
    implementation: Implementation::Kernels(&[Overload::lenient(
        &[Parameter::Text],
        Parameter::Text,
        format,
    )
    .followed_by(Parameter::Any)]),
};

fn format(arguments: &Arguments<'_>) -> Result<ArrayRef> {
    let formats = arguments.text(0)?;
    let values = Values::of(arguments, 1)?;
    let writers = values.writers()?;
    rows::texts(arguments.rows(), |row| {
        let Some(format) = formats.get(row) else { return Ok(None) };
        let mut writing = Writing { writers: &writers, row, next: 0, out: String::new() };
        writing.write(format).map_err(external)?;
        Ok(Some(writing.out))
    })
}

/// The text of one row while it is written.
struct Writing<'a> {
    writers: &'a [Writer<'a>],
    row: usize,
    /// The argument that the next `%s` takes.
    next: usize,
    out: String,
}

impl Writing<'_> {
    fn write(&mut self, format: &str) -> std::result::Result<(), Error> {
        let mut rest = format;
        while let Some((plain, specifier)) = rest.split_once('%') {
            self.out.push_str(plain);
            rest = match specifier.strip_prefix('%') {
                Some(after) => {
                    self.out.push('%');
                    after
                }
                None => self.specifier(specifier)?,
            };
            if self.out.len() > rows::MAXIMUM_LENGTH {
                return Err(Error::new(
                    SqlState::ProgramLimitExceeded,
                    "requested length too large",
                ));
            }
        }
        self.out.push_str(rest);
        Ok(())
    }

    /// Writes an argument as `[n$][-][width]s` says; returns the rest.
    fn specifier<'f>(&mut self, specifier: &'f str) -> std::result::Result<&'f str, Error> {
        let (mut place, mut rest) = (None, specifier);
        if let Some((number, after)) = number(rest)?
            && let Some(after) = after.strip_prefix('$')
        {
            place = Some(number);
            rest = after;
        }
        let mut is_left = false;
        while let Some(after) = rest.strip_prefix('-') {
            is_left = true;
            rest = after;
        }
        let mut width = 0;
        if let Some(after) = rest.strip_prefix('*') {
            let mut at = None;
            rest = after;
            if let Some((number, after)) = number(rest)? {
                at = Some(number);
                rest = after
                    .strip_prefix('$')
                    .ok_or_else(|| fault("width argument position must be ended by \"$\""))?;
            }
            let given = self.width(at)?;
            is_left |= given < 0;
            width = usize::try_from(given.unsigned_abs()).unwrap_or(usize::MAX);
        } else if let Some((number, after)) = number(rest)? {
            width = number;
            rest = after;
        }
        let Some(kind) = rest.chars().next() else {
            return Err(fault("unterminated format() type specifier")
                .with_hint("For a single \"%\" use \"%%\"."));
        };
        if !matches!(kind, 's' | 'I' | 'L') {
            let message = format!("unrecognized format() type specifier \"{kind}\"");
            return Err(fault(message).with_hint("For a single \"%\" use \"%%\"."));
        }
        let text = self.argument(place, kind)?;
        self.pad(&text, width, is_left)?;
        Ok(&rest[1..])
    }

    fn taken(&mut self, place: Option<usize>) -> std::result::Result<usize, Error> {
        let index = match place {
            Some(0) => {
                let message = "format specifies argument 0, but arguments are numbered from 1";
                return Err(fault(message));
            }
            Some(place) => place - 1,
            None => self.next,
        };
        if index >= self.writers.len() {
            return Err(fault("too few arguments for format()"));
        }
        self.next = index + 1;
        Ok(index)
    }

    fn width(&mut self, place: Option<usize>) -> std::result::Result<i64, Error> {
        let index = self.taken(place)?;
        let mut text = String::new();
        if !self.writers[index].write(self.row, &mut text) {
            return Ok(0);
        }
        crate::functions::casts::bigint_in::read(&text)
    }

    fn argument(&mut self, place: Option<usize>, kind: char) -> std::result::Result<String, Error> {
        let index = self.taken(place)?;
        let mut text = String::new();
        let is_valid = self.writers[index].write(self.row, &mut text);
        match (kind, is_valid) {
            ('I', true) => Ok(quote::name(&text)),
            ('I', false) => {
                let message = "null values cannot be formatted as an SQL identifier";
                Err(Error::new(SqlState::NullValueNotAllowed, message))
            }
            ('L', true) => Ok(quote::literal(&text)),
            ('L', false) => Ok("NULL".to_owned()),
            _ => Ok(text),
        }
    }

    fn pad(&mut self, text: &str, width: usize, is_left: bool) -> std::result::Result<(), Error> {
        let missing = width.saturating_sub(text.chars().count());
        if missing > rows::MAXIMUM_LENGTH {
            return Err(Error::new(SqlState::ProgramLimitExceeded, "requested length too large"));
        }
        let blanks = " ".repeat(missing);
        if is_left {
            self.out.push_str(text);
            self.out.push_str(&blanks);
        } else {
            self.out.push_str(&blanks);
            self.out.push_str(text);
        }
        Ok(())
    }
}

/// Reads a number where there is one; returns the rest.
fn number(text: &str) -> std::result::Result<Option<(usize, &str)>, Error> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return Ok(None);
    }
    match text[..length].parse::<i32>().ok().and_then(|number| usize::try_from(number).ok()) {
        Some(number) => Ok(Some((number, &text[length..]))),
        None => Err(Error::new(SqlState::NumericValueOutOfRange, "number is out of range")),
    }
}

fn fault(message: impl Into<String>) -> Error {
    Error::new(SqlState::InvalidParameterValue, message)
}
