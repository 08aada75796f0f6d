//! Numbers by their decimal digits: those that are printed, which is what rounding to places goes by.

/// A finite number in decimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::functions) struct Decimal {
    is_negative: bool,
    /// From the first that is not zero; none where the number is zero.
    digits: Vec<u8>,
    /// How many digits stand before the point; negative where zeros follow it.
    point: i64,
}

/// What becomes of the digits that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::functions) enum Rounding {
    /// The nearest number; a half away from zero, as `numeric` is rounded.
    Nearest,
    /// They are forgotten.
    Truncate,
}

impl Decimal {
    /// Takes the fewest digits that read back as the number; `None` where it is not finite.
    pub(in crate::functions) fn of_double(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let text = format!("{:e}", number.abs());
        let (mantissa, exponent) = text.split_once('e')?;
        Self::of_digits(number < 0.0, mantissa, exponent.parse().ok()?)
    }

    /// Takes the digits of an integer.
    pub(in crate::functions) fn of_bigint(number: i64) -> Self {
        Self::of_integer(number < 0, &number.unsigned_abs().to_string())
    }

    /// Takes the digits of the integer that they are.
    pub(in crate::functions) fn of_integer(is_negative: bool, integer: &str) -> Self {
        let digits = integer.bytes().map(|digit| digit - b'0').collect();
        Self { is_negative, digits, point: count(integer.len()) }.trimmed()
    }

    fn of_digits(is_negative: bool, mantissa: &str, exponent: i64) -> Option<Self> {
        let whole = mantissa.find('.').unwrap_or(mantissa.len());
        let digits =
            mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let point = exponent.checked_add(count(whole))?;
        Some(Self { is_negative, digits, point }.trimmed())
    }

    /// Takes zeros away from both ends.
    fn trimmed(mut self) -> Self {
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= count(zeros);
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            (self.is_negative, self.point) = (false, 0);
        }
        self
    }

    /// Tells whether the number is less than zero.
    pub(in crate::functions) fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Returns how many digits follow the point.
    pub(in crate::functions) fn scale(&self) -> i64 {
        (count(self.digits.len()) - self.point).max(0)
    }

    /// Returns the number with so many digits after the point; a negative count makes zeros before it.
    pub(in crate::functions) fn rounded(mut self, places: i64, rounding: Rounding) -> Self {
        let kept = self.point.saturating_add(places);
        let Ok(kept) = usize::try_from(kept) else {
            return Self { is_negative: false, digits: Vec::new(), point: 0 };
        };
        if kept >= self.digits.len() {
            return self;
        }
        let is_up = rounding == Rounding::Nearest && self.digits[kept] >= 5;
        self.digits.truncate(kept);
        if is_up {
            self.increment();
        }
        self.trimmed()
    }

    /// Adds one to the last digit.
    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            *digit += 1;
            if *digit < 10 {
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    /// Returns the number times a power of ten.
    pub(in crate::functions) fn shifted(mut self, places: i64) -> Self {
        if !self.digits.is_empty() {
            self.point = self.point.saturating_add(places);
        }
        self
    }

    /// Prints the number without sign, with so many digits after the point; further ones are left out.
    pub(in crate::functions) fn plain(&self, places: usize) -> String {
        let digit = |place: i64| {
            let digit = usize::try_from(place).ok().and_then(|place| self.digits.get(place));
            char::from(b'0' + digit.unwrap_or(&0))
        };
        let mut text = String::new();
        if self.point <= 0 {
            text.push('0');
        }
        text.extend((0..self.point).map(digit));
        if places > 0 {
            text.push('.');
            text.extend((self.point..self.point.saturating_add(count(places))).map(digit));
        }
        text
    }

    /// Prints the number without sign as a digit, so many after the point, and an exponent.
    pub(in crate::functions) fn scientific(&self, places: usize) -> String {
        let exponent = if self.digits.is_empty() { 0 } else { self.point - 1 };
        let mantissa = self.clone().shifted(-exponent).rounded(count(places), Rounding::Nearest);
        let sign = if exponent < 0 { '-' } else { '+' };
        format!("{}e{sign}{:02}", mantissa.plain(places), exponent.abs())
    }

    /// Returns the nearest number of double precision.
    pub(in crate::functions) fn to_double(&self) -> f64 {
        let digits: String = self.digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let sign = if self.is_negative { "-" } else { "" };
        // Digits with an exponent always read as a number.
        format!("{sign}0.{digits}0e{}", self.point).parse().unwrap_or(f64::NAN)
    }

    /// Returns the number times ten to the power of `scale`, without sign; `None` where that is no integer that fits.
    pub(in crate::functions) fn integer(&self, scale: i64) -> Option<u128> {
        let zeros = scale.checked_add(self.point)?.checked_sub(count(self.digits.len()))?;
        let mut integer = 0_u128;
        for digit in &self.digits {
            integer = integer.checked_mul(10)?.checked_add(u128::from(*digit))?;
        }
        if integer == 0 {
            return Some(0);
        }
        integer.checked_mul(10_u128.checked_pow(u32::try_from(zeros).ok()?)?)
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Rounds a number to so many digits after the point; one that is not finite stays as it is.
pub(in crate::functions) fn round_double(number: f64, places: i64, rounding: Rounding) -> f64 {
    if let Some(rounded) = round_plainly(number, places, rounding) {
        return rounded;
    }
    match Decimal::of_double(number) {
        Some(decimal) => decimal.rounded(places, rounding).to_double(),
        None => number,
    }
}

/// Rounds where binary arithmetic cannot miss: far from a half and from an integer, and with room for all digits.
fn round_plainly(number: f64, places: i64, rounding: Rounding) -> Option<f64> {
    /// From here on not every half is a number.
    const HALVES_END: f64 = 4_503_599_627_370_496.0;
    let power = match places {
        0 => 1.0,
        1..=15 => 10_f64.powi(i32::try_from(places).ok()?),
        _ => return None,
    };
    let scaled = number * power;
    let fraction = scaled.abs().fract();
    let slack = 1e-9_f64.max(scaled.abs() * 4.0 * f64::EPSILON);
    let limits: &[f64] = match rounding {
        Rounding::Nearest => &[0.5],
        Rounding::Truncate => &[0.0, 1.0],
    };
    if scaled.abs() >= HALVES_END || limits.iter().any(|limit| (fraction - limit).abs() <= slack) {
        return None;
    }
    let whole = match rounding {
        Rounding::Nearest => scaled.round(),
        Rounding::Truncate => scaled.trunc(),
    };
    // Both are exact, so the quotient is the number nearest to the decimal one.
    Some(whole / power + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(number: f64, places: i64) -> f64 {
        round_double(number, places, Rounding::Nearest)
    }

    #[test]
    #[allow(clippy::float_cmp)]
    fn halves_are_those_of_the_decimal_digits() {
        assert_eq!(rounded(1.005, 2), 1.01);
        assert_eq!(rounded(2.675, 2), 2.68);
        assert_eq!(rounded(-2.5, 0), -3.0);
        assert_eq!(rounded(0.499_999_999_999_999_94, 0), 0.0);
        assert_eq!(rounded(15.0, -1), 20.0);
        assert_eq!(rounded(1e300, -299), 1e300);
        assert_eq!(rounded(5e-324, 400), 5e-324);
        assert_eq!(round_double(1.1, 1, Rounding::Truncate), 1.1);
        assert_eq!(round_double(-42.4382, 2, Rounding::Truncate), -42.43);
    }

    #[test]
    fn printed_digits_are_those_of_the_number() {
        let decimal = |number| Decimal::of_double(number).unwrap();
        assert_eq!(decimal(0.0012).plain(4), "0.0012");
        assert_eq!(decimal(1200.0).plain(0), "1200");
        assert_eq!(decimal(9.99).scientific(0), "10e+00");
        assert_eq!(decimal(0.0).scientific(2), "0.00e+00");
        assert_eq!(decimal(1.5).scale(), 1);
        assert_eq!(decimal(1e20).scale(), 0);
        assert_eq!(decimal(12.5).integer(2), Some(1250));
    }
}
