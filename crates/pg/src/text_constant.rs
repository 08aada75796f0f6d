//! Text constants of SQL: `'…'`, `E'…'`, `U&'…'` and `$tag$…$tag$`, as they are written and as they are meant.

/// Returns how long the text constant is that a statement begins with, and what it means; `None` where there is none.
///
/// A constant that does not end, ends with the statement.
pub(crate) fn read(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    match (bytes.first()?, bytes.get(1), bytes.get(2)) {
        (b'\'', ..) => Some(quoted(text, '\'')),
        (b'e' | b'E', Some(b'\''), _) => Some(escaped(text)),
        (b'u' | b'U', Some(b'&'), Some(b'\'')) => {
            let (length, written) = quoted(&text[2..], '\'');
            Some((length + 2, unicode(&written)))
        }
        (b'$', ..) => dollar_quoted(text),
        _ => None,
    }
}

/// Returns how long a quoted word is, and what it means; quotes within are doubled.
pub(crate) fn quoted(text: &str, quote: char) -> (usize, String) {
    let mut meant = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((place, character)) = characters.next() {
        if character == quote {
            if characters.peek().is_none_or(|(_, next)| *next != quote) {
                return (place + character.len_utf8(), meant);
            }
            characters.next();
        }
        meant.push(character);
    }
    (text.len(), meant)
}

/// Reads `E'…'`, in which a backslash stands before what is meant otherwise.
fn escaped(text: &str) -> (usize, String) {
    let mut meant = String::new();
    let mut place = 2;
    while let Some(character) = text.get(place..).and_then(|rest| rest.chars().next()) {
        place += character.len_utf8();
        match character {
            '\'' if !text[place..].starts_with('\'') => return (place, meant),
            '\'' => {
                place += 1;
                meant.push('\'');
            }
            '\\' => place += escape(&text[place..], &mut meant),
            other => meant.push(other),
        }
    }
    (text.len(), meant)
}

/// Reads what follows a backslash in `E'…'`; returns how long it is.
fn escape(rest: &str, meant: &mut String) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    let digits = |skipped: usize, most: usize, radix: u32| {
        let digits = rest[skipped..].chars().take(most).take_while(|digit| digit.is_digit(radix));
        let end = skipped + digits.count();
        let code = u32::from_str_radix(&rest[skipped..end], radix).ok();
        (end, code.and_then(char::from_u32))
    };
    let (length, character) = match first {
        'b' => (1, Some('\u{8}')),
        'f' => (1, Some('\u{c}')),
        'n' => (1, Some('\n')),
        'r' => (1, Some('\r')),
        't' => (1, Some('\t')),
        'x' => digits(1, 2, 16),
        'u' => digits(1, 4, 16),
        'U' => digits(1, 8, 16),
        '0'..='7' => digits(0, 3, 8),
        other => (other.len_utf8(), Some(other)),
    };
    meant.push(character.unwrap_or(first));
    length
}

/// Returns what is meant by the characters of `U&'…'`: `\0041` and `\+000041` are an A.
fn unicode(written: &str) -> String {
    let mut meant = String::new();
    let mut rest = written;
    while let Some(place) = rest.find('\\') {
        meant.push_str(&rest[..place]);
        rest = &rest[place + 1..];
        let (skipped, length) = if rest.starts_with('+') { (1, 7) } else { (0, 4) };
        let code = rest.get(skipped..length).and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(character) = code.and_then(char::from_u32) {
            meant.push(character);
            rest = &rest[length..];
        } else {
            meant.push('\\');
            rest = rest.strip_prefix('\\').unwrap_or(rest);
        }
    }
    meant.push_str(rest);
    meant
}

fn dollar_quoted(text: &str) -> Option<(usize, String)> {
    let tag = &text[..text.get(1..)?.find('$')? + 2];
    let name = &tag[1..tag.len() - 1];
    let is_tag = !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_tag {
        return None;
    }
    let rest = &text[tag.len()..];
    Some(match rest.find(tag) {
        Some(end) => (2 * tag.len() + end, rest[..end].to_owned()),
        None => (text.len(), rest.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_mean_what_they_mean_in_postgresql() {
        for (written, meant) in [
            ("'it''s'", "it's"),
            (r"'a\'", r"a\"),
            (r"E'\t\\N\'\x41\101\u00fc'", "\t\\N'AAü"),
            (r"e'a''b'", "a'b"),
            (r"U&'\002C\+00002C\\'", r",,\"),
            ("$$it's$$", "it's"),
            ("$a$ $$ $a$", " $$ "),
        ] {
            let rest = format!("{written} rest");
            assert_eq!(read(&rest), Some((written.len(), meant.to_owned())), "{written}");
        }
        for none in ["$1", "e", "x'a'", "u&", "$1$a$1$", ""] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn what_does_not_end_ends_with_the_text() {
        for text in ["'a", "E'a\\", "E'", "U&'\\", "$$a", "E'\\x", "E'\\u00"] {
            assert_eq!(read(text).map(|(length, _)| length), Some(text.len()), "{text}");
        }
    }
}
