//! Reads intervals in every form that PostgreSQL reads, with the fields of `INTERVAL '…' DAY TO SECOND`.

use super::fault::{Fault, TimeFault};
use super::fields::{self, Field, Kind};
use super::iso_interval;
use super::numbers;
use super::scaled_parts::ScaledParts;
use super::span::Span;
use super::words::{IntervalWord, Unit, interval_word};

/// Which fields an interval keeps; the first is the largest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IntervalFields {
    /// All of them.
    #[default]
    All,
    /// Years.
    Year,
    /// Months, with or without years.
    Month,
    /// Days.
    Day,
    /// Hours, with or without days.
    Hour,
    /// Minutes, with or without hours and days.
    Minute,
    /// Seconds, with or without minutes, hours and days.
    Second,
    /// Minutes and seconds: `1:02` has no hours.
    MinuteToSecond,
}

impl IntervalFields {
    /// Returns the unit of a number that has none.
    fn unit(self) -> Unit {
        match self {
            Self::Year => Unit::Year,
            Self::Month => Unit::Month,
            Self::Day => Unit::Day,
            Self::Hour => Unit::Hour,
            Self::Minute => Unit::Minute,
            Self::All | Self::Second | Self::MinuteToSecond => Unit::Second,
        }
    }

    /// Cuts off what is smaller than the last field.
    fn cut(self, span: Span) -> Span {
        let to = |unit: i64| span.microseconds / unit * unit;
        match self {
            Self::Year => Span { months: span.months / 12 * 12, days: 0, microseconds: 0 },
            Self::Month => Span { months: span.months, days: 0, microseconds: 0 },
            Self::Day => Span { microseconds: 0, ..span },
            Self::Hour => Span { microseconds: to(3_600_000_000), ..span },
            Self::Minute => Span { microseconds: to(60_000_000), ..span },
            Self::All | Self::Second | Self::MinuteToSecond => span,
        }
    }
}

/// Reads an interval.
///
/// # Errors
/// 22007 for what is no interval, 22015 and 22008 for one that is too long.
pub fn read_interval(text: &str, kept: IntervalFields) -> Result<Span, TimeFault> {
    let parts = match read_parts(text, kept) {
        Err(Fault::Syntax) => iso_interval::read_parts(text),
        parts => parts,
    };
    let parts = parts.map_err(|fault| match fault {
        Fault::Field => TimeFault::IntervalField { text: text.to_owned() },
        other => other.of("interval", "interval", text),
    })?;
    parts.span().map(|span| kept.cut(span)).ok_or_else(TimeFault::interval)
}

/// Which kinds of number a text has had; a bit for each unit.
#[derive(Default)]
struct UnitsSeen(u32);

impl UnitsSeen {
    fn bit(unit: Unit) -> u32 {
        1 << unit as u32
    }

    fn add(&mut self, bits: u32) -> Result<(), Fault> {
        if self.0 & bits != 0 {
            return Err(Fault::Syntax);
        }
        self.0 |= bits;
        Ok(())
    }

    fn time() -> u32 {
        Self::bit(Unit::Hour) | Self::bit(Unit::Minute) | Self::seconds()
    }

    fn seconds() -> u32 {
        Self::bit(Unit::Second) | Self::bit(Unit::Millisecond) | Self::bit(Unit::Microsecond)
    }
}

/// Reads from the end, because a unit stands after its number.
fn read_parts(text: &str, kept: IntervalFields) -> Result<ScaledParts, Fault> {
    let fields = fields::split(text)?;
    let mut parts = ScaledParts::default();
    let mut seen = UnitsSeen::default();
    let mut unit = None;
    let mut is_ago = false;
    for field in fields.iter().rev() {
        match field.kind {
            Kind::Time => {
                read_clock(&mut parts, &field.text, 1, kept)?;
                seen.add(UnitsSeen::time())?;
                unit = Some(Unit::Day);
            }
            Kind::Zone if field.text.contains(':') => {
                let sign = if field.text.starts_with('-') { -1 } else { 1 };
                read_clock(&mut parts, &field.text[1..], sign, kept)?;
                seen.add(UnitsSeen::time())?;
                // `1 +02:03` has a day before its time.
                unit = Some(Unit::Day);
            }
            Kind::Zone | Kind::Date | Kind::Number => {
                // A number right before `ago` has no unit, not even that of a number alone; years and months need none.
                if unit.is_none() && is_ago && !field.text.get(1..).unwrap_or("").contains('-') {
                    return Err(Fault::Syntax);
                }
                let unit = unit.get_or_insert(kept.unit());
                seen.add(read_number(&mut parts, field, unit)?)?;
            }
            Kind::Word => match interval_word(&field.text) {
                Some(IntervalWord::Unit(named)) => unit = Some(named),
                Some(IntervalWord::Ago) => {
                    is_ago = true;
                    unit = None;
                }
                Some(IntervalWord::Filler) => {}
                None => return Err(Fault::Syntax),
            },
            Kind::Signed => return Err(Fault::Syntax),
        }
    }
    if seen.0 == 0 {
        return Err(Fault::Syntax);
    }
    if is_ago {
        parts.negate()?;
    }
    Ok(parts)
}

fn read_clock(
    parts: &mut ScaledParts,
    text: &str,
    sign: i128,
    kept: IntervalFields,
) -> Result<(), Fault> {
    let clock = numbers::clock(text, kept == IntervalFields::MinuteToSecond)?;
    parts.add_microseconds(sign * clock.microseconds())
}

/// Reads `-1.5` in a unit, or `1-2`, which are years and months; returns which units it was.
fn read_number(parts: &mut ScaledParts, field: &Field, unit: &mut Unit) -> Result<u32, Fault> {
    let is_negative = field.text.starts_with('-');
    let digits = field.text.trim_start_matches(['+', '-']);
    let end = digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, rest) = digits.split_at(end);
    let value = match whole {
        "" => 0,
        whole => whole.parse::<i64>().map_err(|_| Fault::Field)?,
    };
    let signed = |value: i64| if is_negative { -value } else { value };
    if let Some(months) = rest.strip_prefix('-') {
        let months = if months.is_empty() { 0 } else { numbers::integer(months)? };
        if months > 11 {
            return Err(Fault::Field);
        }
        *unit = Unit::Month;
        let months = value.checked_mul(12).and_then(|years| years.checked_add(months));
        parts.add(Unit::Month, signed(months.ok_or(Fault::Field)?), 0.0)?;
        return Ok(UnitsSeen::bit(Unit::Month));
    }
    let fraction = if rest.is_empty() { 0.0 } else { numbers::part(rest)? };
    if whole.is_empty() && rest.len() < 2 {
        return Err(Fault::Syntax);
    }
    parts.add(*unit, signed(value), if is_negative { -fraction } else { fraction })?;
    Ok(if *unit == Unit::Second && fraction != 0.0 {
        UnitsSeen::seconds()
    } else {
        UnitsSeen::bit(*unit)
    })
}
