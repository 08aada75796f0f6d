//! `numeric` in PostgreSQL's binary format: digits to the base 10,000, a weight, a sign and a scale.

use bytes::{BufMut, BytesMut};
use std::fmt::Write;

/// How many decimal digits one digit stands for.
const GROUP: usize = 4;
/// The sign of what is below zero.
const NEGATIVE: u16 = 0x4000;
/// The sign of what is no number.
const NOT_A_NUMBER: u16 = 0xC000;

/// Writes a number that is written out in decimal digits, without exponent; anything else is NaN.
pub(super) fn write(text: &str, out: &mut BytesMut) {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (NEGATIVE, digits),
        None => (0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = whole.bytes().chain(fraction.bytes()).all(|digit| digit.is_ascii_digit());
    if !is_number || (whole.is_empty() && fraction.is_empty()) {
        out.put_slice(&[0, 0, 0, 0]);
        out.put_u16(NOT_A_NUMBER);
        out.put_u16(0);
        return;
    }
    let scale = fraction.len();
    let mut padded = "0".repeat((GROUP - whole.len() % GROUP) % GROUP) + whole;
    let whole_groups = padded.len() / GROUP;
    padded.push_str(fraction);
    padded.push_str(&"0".repeat((GROUP - padded.len() % GROUP) % GROUP));
    let groups: Vec<i16> = padded
        .as_bytes()
        .chunks(GROUP)
        .map(|group| group.iter().fold(0, |value, digit| value * 10 + i16::from(digit - b'0')))
        .collect();
    let leading = groups.iter().take_while(|group| **group == 0).count();
    let groups = &groups[leading..];
    let kept = groups.iter().rposition(|group| *group != 0).map_or(0, |last| last + 1);
    let short = |number: usize| i16::try_from(number).unwrap_or(i16::MAX);
    // A weight is that of the first digit: 0 where it counts ones.
    let weight = if kept == 0 { 0 } else { short(whole_groups) - short(leading) - 1 };
    out.put_i16(short(kept));
    out.put_i16(weight);
    out.put_u16(if kept == 0 { 0 } else { sign });
    out.put_i16(short(scale));
    groups[..kept].iter().for_each(|group| out.put_i16(*group));
}

/// Reads a number in the binary format; `None` for bytes that are none.
pub(crate) fn read(bytes: &[u8]) -> Option<String> {
    let short = |place: usize| {
        let pair = bytes.get(2 * place..2 * place + 2)?;
        Some(i16::from_be_bytes([pair[0], pair[1]]))
    };
    let (count, weight, scale) = (short(0)?, short(1)?, short(3)?);
    let sign = short(2)?.cast_unsigned();
    let count = usize::try_from(count).ok()?;
    if bytes.len() != 2 * (4 + count) {
        return None;
    }
    match sign {
        0xC000 => return Some("NaN".to_owned()),
        0xD000 => return Some("Infinity".to_owned()),
        0xF000 => return Some("-Infinity".to_owned()),
        0 | NEGATIVE => {}
        _ => return None,
    }
    let group = |place: i32| -> Option<i16> {
        match usize::try_from(place) {
            Ok(place) if place < count => {
                short(4 + place).filter(|group| (0..10_000).contains(group))
            }
            _ => Some(0),
        }
    };
    let mut text = if sign == NEGATIVE { "-".to_owned() } else { String::new() };
    let weight = i32::from(weight);
    let mut whole = String::new();
    for place in 0..=weight.max(-1) {
        // Writing to a text cannot fail.
        let _ = write!(whole, "{:04}", group(place)?);
    }
    let whole = whole.trim_start_matches('0');
    text.push_str(if whole.is_empty() { "0" } else { whole });
    let scale = usize::try_from(scale).ok()?;
    let mut fraction = String::new();
    let mut place = weight + 1;
    while fraction.len() < scale {
        // Places before the first digit are zeros.
        let _ = write!(fraction, "{:04}", group(place)?);
        place += 1;
    }
    fraction.truncate(scale);
    if scale > 0 {
        text.push('.');
        text.push_str(&fraction);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written() {
        for number in ["0", "1", "-1", "10000", "0.0001", "-12345678.9", "0.00000005", "9999.9999"]
        {
            let mut out = BytesMut::new();
            write(number, &mut out);
            assert_eq!(read(&out).as_deref(), Some(number));
        }
    }

    #[test]
    fn bytes_are_those_of_postgresql() {
        let mut out = BytesMut::new();
        write("12345.678", &mut out);
        // Taken from numeric_send of PostgreSQL 15.
        assert_eq!(&out[..], [0, 3, 0, 1, 0, 0, 0, 3, 0, 1, 9, 41, 26, 124]);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(read(&[0, 1, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(read(&[0, 1, 0, 0, 0, 0, 0, 0, 0x27, 0x10]), None);
        assert_eq!(read(&[]), None);
    }
}
