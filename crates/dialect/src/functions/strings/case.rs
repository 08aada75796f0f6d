//! Lower and upper case, one character at a time: a text keeps its number of characters, as in PostgreSQL.

/// Writes a text in lower case.
pub(in crate::functions) fn lower(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.chars().map(lower_letter).collect()
    }
}

/// Writes a text in upper case.
pub(super) fn upper(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_uppercase()
    } else {
        text.chars().map(upper_letter).collect()
    }
}

/// Returns a letter in lower case.
pub(super) fn lower_letter(letter: char) -> char {
    // The full mapping is an i and a dot.
    if letter == 'İ' { 'i' } else { only(letter.to_lowercase(), letter) }
}

/// Returns a letter in upper case; one whose upper case is several characters stays.
pub(super) fn upper_letter(letter: char) -> char {
    let distance = match letter {
        // Greek letters with an iota below have a title case of one character.
        '\u{1F80}'..='\u{1F87}' | '\u{1F90}'..='\u{1F97}' | '\u{1FA0}'..='\u{1FA7}' => 8,
        '\u{1FB3}' | '\u{1FC3}' | '\u{1FF3}' => 9,
        _ => return only(letter.to_uppercase(), letter),
    };
    char::from_u32(u32::from(letter) + distance).unwrap_or(letter)
}

fn only(mut letters: impl Iterator<Item = char>, otherwise: char) -> char {
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => otherwise,
    }
}
