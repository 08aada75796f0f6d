//! Text as a terminal may show it.

use std::fmt::Write as _;

/// Returns a cell's text with its line breaks; control characters, which could move the cursor or retitle the
/// window, and those that reverse the direction of writing are spelled out.
pub fn printable(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    // Writing into a String cannot fail.
    while let Some(c) = characters.next() {
        match c {
            '\n' => spelled.push('\n'),
            '\t' => spelled.push_str("        "),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => spelled.push_str("\\r"),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(spelled, "\\u{:04X}", u32::from(c));
            }
            c if c.is_control() => {
                let _ = write!(spelled, "\\x{:02X}", u32::from(c));
            }
            c => spelled.push(c),
        }
    }
    spelled
}

/// Returns a text on one line, for example a column's name or a message of AWS.
pub fn printable_line(name: &str) -> String {
    printable(name).replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_moves_the_cursor_or_turns_the_line() {
        assert_eq!(printable("a\r\nb\rc\td"), "a\nb\\rc        d");
        assert_eq!(printable("\u{1b}[2J\u{7}\u{202e}x"), "\\x1B[2J\\x07\\u202Ex");
        assert_eq!(printable("Größe 🦊"), "Größe 🦊");
    }

    #[test]
    fn line_breaks_are_spelled_out_in_one_line() {
        assert_eq!(printable_line("a\nb"), "a\\nb");
    }
}
