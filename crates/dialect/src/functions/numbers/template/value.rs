//! The digits of a number as a template asks for them.

use super::pattern::Form;
use super::roman;
use crate::functions::numbers::decimal::{Decimal, Rounding};
use census_error::{Error, SqlState};

/// A number that can be printed, in the type that decides how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::functions) enum Printable {
    Bigint(i64),
    /// A DECIMAL, of which every digit counts.
    Numeric(f64),
    /// A double precision, of which 15 digits count.
    Float8(f64),
}

/// What stands for a number where the patterns for digits are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Digits {
    /// Digits with a point, or what is printed in their place.
    pub(super) text: String,
    pub(super) is_negative: bool,
    /// How many patterns before the point have no digit.
    pub(super) blanks: usize,
}

/// How many digits of a double precision are certain.
const CERTAIN_DIGITS: usize = 15;

impl Printable {
    /// Returns the number as a numeral.
    pub(super) fn roman(self) -> Result<String, Error> {
        let out_of_range = || Error::new(SqlState::NumericValueOutOfRange, "integer out of range");
        let number = match self {
            Self::Bigint(number) => i32::try_from(number).map_err(|_| out_of_range())?,
            // What is out of range becomes a number that has no numeral either.
            #[allow(clippy::cast_possible_truncation)]
            Self::Float8(number) => number.round_ties_even() as i32,
            Self::Numeric(number) if !number.is_finite() => {
                let what = if number.is_nan() { "NaN" } else { "infinity" };
                let message = format!("cannot convert {what} to integer");
                return Err(Error::new(SqlState::FeatureNotSupported, message));
            }
            Self::Numeric(number) => {
                let rounded = number.round();
                if rounded < f64::from(i32::MIN) || rounded > f64::from(i32::MAX) {
                    return Err(out_of_range());
                }
                #[allow(clippy::cast_possible_truncation)]
                let integer = rounded as i32;
                integer
            }
        };
        Ok(roman::write(number))
    }

    /// Returns the number with an exponent.
    pub(super) fn scientific(self, form: &Form) -> String {
        let decimal = match self {
            Self::Bigint(number) => Some(Decimal::of_bigint(number)),
            Self::Numeric(number) => Decimal::of_double(number),
            Self::Float8(number) if number.is_finite() => {
                return scientific_double(number, form.after);
            }
            Self::Float8(_) => None,
        };
        match decimal {
            Some(decimal) => {
                let sign = if decimal.is_negative() { '-' } else { ' ' };
                format!("{sign}{}", decimal.scientific(form.after))
            }
            None => format!(" {}.{}", "#".repeat(form.before), "#".repeat(form.after + 4)),
        }
    }

    /// Returns the digits of the number, shifted as `V` says, which makes room for them.
    pub(super) fn digits(self, form: &mut Form) -> Result<Digits, Error> {
        let (text, is_negative) = match self {
            Self::Bigint(number) => bigint_digits(number, form)?,
            Self::Numeric(number) => numeric_digits(number, form),
            Self::Float8(number) => double_digits(number, form),
        };
        form.before += form.shift;
        let before = text.find('.').unwrap_or(text.len());
        if before > form.before {
            let text = format!("{}.{}", "#".repeat(form.before), "#".repeat(form.after));
            return Ok(Digits { text, is_negative, blanks: 0 });
        }
        Ok(Digits { text, is_negative, blanks: form.before - before })
    }
}

fn bigint_digits(number: i64, form: &Form) -> Result<(String, bool), Error> {
    let power = u32::try_from(form.shift).ok().and_then(|shift| 10_i64.checked_pow(shift));
    let shifted = power.and_then(|power| number.checked_mul(power));
    let number = shifted
        .ok_or_else(|| Error::new(SqlState::NumericValueOutOfRange, "bigint out of range"))?;
    let mut text = number.unsigned_abs().to_string();
    if form.after > 0 {
        text.push('.');
        text.push_str(&"0".repeat(form.after));
    }
    Ok((text, number < 0))
}

fn numeric_digits(number: f64, form: &Form) -> (String, bool) {
    let (shift, after) = (places(form.shift), places(form.after));
    let Some(decimal) = Decimal::of_double(number) else {
        return (not_finite(number), number == f64::NEG_INFINITY);
    };
    let rounded = decimal.shifted(shift).rounded(after, Rounding::Nearest);
    (rounded.plain(form.after), rounded.is_negative())
}

fn double_digits(number: f64, form: &mut Form) -> (String, bool) {
    let number = number * 10_f64.powf(places_as_double(form.shift));
    if !number.is_finite() {
        return (not_finite(number), number == f64::NEG_INFINITY);
    }
    let before = format!("{:.0}", number.abs()).len();
    form.after = form.after.min(CERTAIN_DIGITS.saturating_sub(before));
    (format!("{:.*}", form.after, number.abs()), number.is_sign_negative())
}

fn not_finite(number: f64) -> String {
    if number.is_nan() { "NaN" } else { "Infinity" }.to_owned()
}

fn scientific_double(number: f64, places: usize) -> String {
    let text = format!("{:.places$e}", number.abs());
    let sign = if number.is_sign_negative() { '-' } else { ' ' };
    // Rust always writes an exponent, but neither its plus nor a leading zero.
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (exponent_sign, exponent) =
        exponent.strip_prefix('-').map_or(('+', exponent), |exponent| ('-', exponent));
    format!("{sign}{mantissa}e{exponent_sign}{exponent:0>2}")
}

fn places(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn places_as_double(count: usize) -> f64 {
    f64::from(u16::try_from(count).unwrap_or(u16::MAX))
}
