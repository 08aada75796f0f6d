//! Roman numerals.

/// The width of the longest numeral, MMMDCCCLXXXVIII.
pub(super) const WIDTH: usize = 15;

const NUMERALS: [(i32, &str); 13] = [
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];

/// Writes a number from 1 to 3999; of others there are only marks.
pub(super) fn write(number: i32) -> String {
    if !(1..=3999).contains(&number) {
        return "#".repeat(WIDTH);
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            rest -= value;
            text.push_str(numeral);
        }
    }
    text
}
