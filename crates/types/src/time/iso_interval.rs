//! Reads intervals of ISO 8601: `P1Y2M3DT4H5M6S`, `P0001-02-03T04:05:06`, `P00010203T040506`.

use super::fault::Fault;
use super::scaled_parts::ScaledParts;
use super::words::Unit;

/// The largest number of one unit.
const MAXIMUM: f64 = 1.0e15;

pub(super) fn read_parts(text: &str) -> Result<ScaledParts, Fault> {
    let mut reader = Reader {
        rest: text.strip_prefix('P').ok_or(Fault::Syntax)?,
        parts: ScaledParts::default(),
    };
    if reader.rest.is_empty() {
        return Err(Fault::Syntax);
    }
    let mut is_date = true;
    let mut is_first = true;
    while !reader.rest.is_empty() {
        if let Some(rest) = reader.rest.strip_prefix('T') {
            (reader.rest, is_date, is_first) = (rest, false, true);
            continue;
        }
        let number = reader.number()?;
        let unit = reader.rest.chars().next();
        let named = unit.and_then(|letter| named_unit(letter, is_date));
        if let Some(named) = named {
            reader.rest = &reader.rest[1..];
            reader.add(named, number)?;
            is_first = false;
            continue;
        }
        if !is_first {
            return Err(Fault::Syntax);
        }
        match unit {
            None | Some('T') if is_date && number.digits == 8 => {
                reader.date_run_together(number)?;
            }
            None if !is_date && number.digits == 6 => reader.time_run_together(number)?,
            None | Some('T' | '-') if is_date => {
                reader.separated('-', [Unit::Year, Unit::Month, Unit::Day], number)?;
            }
            None | Some(':') if !is_date => {
                reader.separated(':', [Unit::Hour, Unit::Minute, Unit::Second], number)?;
            }
            _ => return Err(Fault::Syntax),
        }
    }
    Ok(reader.parts)
}

fn named_unit(letter: char, is_date: bool) -> Option<Unit> {
    Some(match (letter, is_date) {
        ('Y', true) => Unit::Year,
        ('M', true) => Unit::Month,
        ('W', true) => Unit::Week,
        ('D', true) => Unit::Day,
        ('H', false) => Unit::Hour,
        ('M', false) => Unit::Minute,
        ('S', false) => Unit::Second,
        _ => return None,
    })
}

/// A number, and how many digits stand before its point.
#[derive(Debug, Clone, Copy)]
struct Number {
    whole: i64,
    fraction: f64,
    digits: usize,
}

struct Reader<'a> {
    rest: &'a str,
    parts: ScaledParts,
}

impl Reader<'_> {
    fn add(&mut self, unit: Unit, number: Number) -> Result<(), Fault> {
        self.parts.add(unit, number.whole, number.fraction)
    }

    fn number(&mut self) -> Result<Number, Fault> {
        let sign = usize::from(self.rest.starts_with('-'));
        let digits = self.rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let after = &self.rest[sign + digits..];
        let point = usize::from(after.starts_with('.'));
        let decimals = after[point..].bytes().take_while(u8::is_ascii_digit).count();
        let end = sign + digits + if point == 1 { 1 + decimals } else { 0 };
        if digits + decimals * point == 0 {
            return Err(Fault::Syntax);
        }
        let value: f64 = self.rest[..end].parse().map_err(|_| Fault::Syntax)?;
        if value.abs() > MAXIMUM {
            return Err(Fault::Field);
        }
        self.rest = &self.rest[end..];
        #[expect(clippy::cast_possible_truncation, reason = "at most 10^15")]
        let whole = value.trunc() as i64;
        Ok(Number { whole, fraction: value.fract(), digits })
    }

    fn date_run_together(&mut self, number: Number) -> Result<(), Fault> {
        let whole = number.whole;
        self.parts.add(Unit::Year, whole / 10_000, 0.0)?;
        self.parts.add(Unit::Month, whole / 100 % 100, 0.0)?;
        self.parts.add(Unit::Day, whole % 100, number.fraction)
    }

    fn time_run_together(&mut self, number: Number) -> Result<(), Fault> {
        let whole = number.whole;
        self.parts.add(Unit::Hour, whole / 10_000, 0.0)?;
        self.parts.add(Unit::Minute, whole / 100 % 100, 0.0)?;
        self.parts.add(Unit::Second, whole % 100, number.fraction)
    }

    /// Reads up to three numbers with a character between them; a time may follow a date.
    fn separated(&mut self, separator: char, units: [Unit; 3], first: Number) -> Result<(), Fault> {
        self.add(units[0], first)?;
        for unit in &units[1..] {
            let Some(rest) = self.rest.strip_prefix(separator) else { break };
            self.rest = rest;
            let number = self.number()?;
            self.add(*unit, number)?;
        }
        let is_followed = separator == '-' && self.rest.starts_with('T');
        if self.rest.is_empty() || is_followed { Ok(()) } else { Err(Fault::Syntax) }
    }
}
