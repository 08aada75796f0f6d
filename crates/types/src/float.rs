//! Prints floating-point numbers as PostgreSQL does.

use std::fmt::Write;

use crate::number::write_padded;

/// Prints a `double precision` with the fewest digits that read back as the same number.
///
/// From 1e15 on, and below 1e-4, the form is `1e+15`, as PostgreSQL's `float8out` has it.
/// Digits that lie exactly halfway to the next number do not count as reading back, so that
/// the number nearest to 1e23 is `9.999999999999999e+22`; and of two such forms that are as near,
/// the even one is printed. Rust decides both otherwise.
pub(crate) fn write_float64(value: f64, out: &mut String) {
    if value.is_finite() {
        let mut scientific = Scientific::default();
        // The buffer holds any shortest form, so writing to it cannot fail.
        let _ = write!(scientific, "{value:e}");
        let fraction = value.to_bits() & ((1 << 52) - 1);
        scientific.settle(fraction | 1 << 52, 16, |digits| {
            let text = format!("{value:.digits$e}");
            (text.parse() == Ok(value)).then_some(text)
        });
        scientific.write_with_limit(15, out);
    } else {
        write_not_finite(value, out);
    }
}

/// Prints a `real`; as [`write_float64`], with the other form from 1e6 on.
pub(crate) fn write_float32(value: f32, out: &mut String) {
    if value.is_finite() {
        let mut scientific = Scientific::default();
        let _ = write!(scientific, "{value:e}");
        let fraction = u64::from(value.to_bits() & ((1 << 23) - 1));
        scientific.settle(fraction | 1 << 23, 7, |digits| {
            let text = format!("{value:.digits$e}");
            (text.parse() == Ok(value)).then_some(text)
        });
        scientific.write_with_limit(6, out);
    } else {
        write_not_finite(value.into(), out);
    }
}

fn write_not_finite(value: f64, out: &mut String) {
    out.push_str(if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "Infinity"
    } else {
        "-Infinity"
    });
}

/// Takes Rust's `-1.25e-7` apart: sign, digits without the point, exponent.
#[derive(Default)]
struct Scientific {
    is_negative: bool,
    digits: [u8; 20],
    length: usize,
    in_exponent: bool,
    exponent_is_negative: bool,
    exponent: i32,
}

impl Write for Scientific {
    fn write_str(&mut self, part: &str) -> std::fmt::Result {
        for byte in part.bytes() {
            match byte {
                b'-' if self.in_exponent => self.exponent_is_negative = true,
                b'-' => self.is_negative = true,
                b'e' => self.in_exponent = true,
                b'0'..=b'9' if self.in_exponent => {
                    self.exponent = self.exponent * 10 + i32::from(byte - b'0');
                }
                b'0'..=b'9' => {
                    *self.digits.get_mut(self.length).ok_or(std::fmt::Error)? = byte;
                    self.length += 1;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Scientific {
    fn exponent(&self) -> i32 {
        if self.exponent_is_negative { -self.exponent } else { self.exponent }
    }

    /// Decides as PostgreSQL does where Rust's shortest digits are not the only choice.
    ///
    /// Two forms can be as near only where there are at least `tie_length` digits: with fewer,
    /// half a unit of the last one is more than half the distance to the next number.
    /// `print` prints the number with so many digits after the point, ties going to the even
    /// digit, if that reads back.
    fn settle(
        &mut self,
        mantissa: u64,
        tie_length: usize,
        print: impl Fn(usize) -> Option<String>,
    ) {
        let last_is_odd = self.digits[self.length - 1] % 2 == 1;
        let first_try = if self.lies_halfway(mantissa) {
            self.length
        } else if self.length >= tie_length && last_is_odd {
            self.length - 1
        } else {
            return;
        };
        for digits in first_try..=16 {
            let mut other = Self::default();
            let Some(text) = print(digits) else { continue };
            if other.write_str(&text).is_ok() && !other.lies_halfway(mantissa) {
                *self = other;
                return;
            }
        }
    }

    /// Tells whether the digits lie halfway between the number with this mantissa and the next.
    ///
    /// Only whole numbers with trailing zeros can: those digits times a power of ten are then an
    /// odd number of one bit more than the mantissa (two more below a power of two), times a power
    /// of two.
    fn lies_halfway(&self, mantissa: u64) -> bool {
        let zeros = i64::from(self.exponent()) + 1 - i64::try_from(self.length).unwrap_or_default();
        let Ok(zeros @ 1..=27) = u32::try_from(zeros) else {
            return false;
        };
        let digits = self.digits[..self.length].iter();
        let whole = digits.fold(0, |sum: u128, &byte| sum * 10 + u128::from(byte - b'0'));
        let fives = whole * 5_u128.pow(zeros);
        let Some(odd) = fives.checked_shr(fives.trailing_zeros()) else {
            return false;
        };
        let mantissa_bits = u128::from(mantissa);
        odd == mantissa_bits * 2 + 1
            || odd == mantissa_bits * 2 - 1
            || mantissa.is_power_of_two() && odd == mantissa_bits * 4 - 1
    }

    /// Prints with a plain point where the exponent is at least -4 and below the limit.
    fn write_with_limit(&self, limit: i32, out: &mut String) {
        let exponent = self.exponent();
        if self.is_negative {
            out.push('-');
        }
        let digits = self.digits[..self.length].iter().map(|&byte| char::from(byte));
        if !(-4..limit).contains(&exponent) {
            write_mantissa(digits, 1, out);
            out.push_str(if exponent < 0 { "e-" } else { "e+" });
            write_padded(exponent.unsigned_abs().into(), 2, out);
        } else if let Ok(whole_digits) = usize::try_from(exponent + 1)
            && whole_digits > 0
        {
            write_mantissa(digits, whole_digits, out);
            let zeros = whole_digits.saturating_sub(self.length);
            out.extend(std::iter::repeat_n('0', zeros));
        } else {
            out.push_str("0.");
            let zeros = (-1 - exponent).unsigned_abs() as usize;
            out.extend(std::iter::repeat_n('0', zeros));
            out.extend(digits);
        }
    }
}

/// Prints digits with a point after the first `whole_digits`, if any follow.
fn write_mantissa(digits: impl Iterator<Item = char>, whole_digits: usize, out: &mut String) {
    for (index, digit) in digits.enumerate() {
        if index == whole_digits {
            out.push('.');
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn float64(value: f64) -> String {
        let mut out = String::new();
        write_float64(value, &mut out);
        out
    }

    #[test]
    fn float64_is_printed_as_float8out_does() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.1, "0.1"),
            (0.0001, "0.0001"),
            (0.000_012_5, "1.25e-05"),
            (120.0, "120"),
            (123_456.789, "123456.789"),
            (1e14, "100000000000000"),
            (123_456_789_012_345.6, "123456789012345.6"),
            (1e15, "1e+15"),
            (1e20, "1e+20"),
            (1e23, "9.999999999999999e+22"),
            (1.234e100, "1.234e+100"),
            (2.0_f64.powi(-25), "2.9802322387695312e-08"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(float64(value), text);
        }
    }

    #[test]
    fn float32_turns_to_exponents_earlier() {
        for (value, text) in [
            (0.1_f32, "0.1"),
            (123_456.0, "123456"),
            (2_263_365.0 / 8.0, "282920.62"),
            (1_234_567.0, "1.234567e+06"),
            (f32::NEG_INFINITY, "-Infinity"),
        ] {
            let mut out = String::new();
            write_float32(value, &mut out);
            assert_eq!(out, text);
        }
    }

    proptest! {
        #[test]
        fn a_printed_float_reads_back_as_itself(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(value.is_finite());
            prop_assert_eq!(float64(value).parse::<f64>().unwrap().to_bits(), bits);
        }
    }
}
