//! Prints integers, without the detour over a `String` of their own.

/// Prints an integer.
pub(crate) fn write_integer(value: i64, out: &mut String) {
    if value < 0 {
        out.push('-');
    }
    write_padded(value.unsigned_abs(), 1, out);
}

/// Prints an unsigned integer with leading zeros up to a width of at most 20.
pub(crate) fn write_padded(value: u64, width: usize, out: &mut String) {
    let mut digits = ['0'; 20];
    let mut start = digits.len();
    let mut rest = value;
    while rest > 0 {
        start -= 1;
        digits[start] = digit(rest % 10);
        rest /= 10;
    }
    start = start.min(digits.len() - width);
    out.extend(&digits[start..]);
}

/// Prints a fraction of a second, with its point, as far as it has digits other than zero.
pub(crate) fn write_fraction(microseconds: u64, out: &mut String) {
    if microseconds == 0 {
        return;
    }
    let (mut value, mut width) = (microseconds, 6);
    while value.is_multiple_of(10) {
        value /= 10;
        width -= 1;
    }
    out.push('.');
    write_padded(value, width, out);
}

fn digit(value: u64) -> char {
    #[expect(clippy::cast_possible_truncation, reason = "a digit is below ten")]
    let digit = b'0' + value as u8;
    digit.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_integers_are_printed_whole() {
        let mut out = String::new();
        write_integer(i64::MIN, &mut out);
        out.push(' ');
        write_padded(u64::MAX, 1, &mut out);
        out.push(' ');
        write_integer(0, &mut out);
        assert_eq!(out, "-9223372036854775808 18446744073709551615 0");
    }
}
