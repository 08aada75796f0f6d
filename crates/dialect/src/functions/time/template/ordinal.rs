//! `1st`, `2nd`, `3rd`, `4th`.

use super::pattern::Ordinal;

/// Returns the ending of a printed number.
pub(super) fn ending(number: &str, ordinal: Ordinal) -> &'static str {
    let mut digits = number.bytes().rev();
    let (last, before) = (digits.next(), digits.next());
    let lower = match (before, last) {
        (Some(b'1'), _) => "th",
        (_, Some(b'1')) => "st",
        (_, Some(b'2')) => "nd",
        (_, Some(b'3')) => "rd",
        _ => "th",
    };
    match (ordinal, lower) {
        (Ordinal::Lower, lower) => lower,
        (Ordinal::Upper, "st") => "ST",
        (Ordinal::Upper, "nd") => "ND",
        (Ordinal::Upper, "rd") => "RD",
        (Ordinal::Upper, _) => "TH",
    }
}
