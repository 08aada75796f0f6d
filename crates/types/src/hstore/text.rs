//! hstore as text: reads what PostgreSQL's `hstore_in` reads and prints what `hstore_out` prints.
//!
//! The rules that surprise: a comma or a quotation mark within an unquoted token is part of it;
//! `NULL` in any case is NULL unless quoted, even where one of its letters is escaped; a comma
//! may follow the last pair; the vertical tab is no white space (it is from PostgreSQL 16 on).

use crate::{HstoreFault, HstoreSyntaxError};

/// Reads hstore text into its pairs, in the order they are written and with duplicates.
///
/// [`super::HstoreBuilder`] makes a canonical value of them.
///
/// # Errors
/// [`HstoreSyntaxError`] with the position of the first fault.
pub fn parse(input: &str) -> Result<Vec<(String, Option<String>)>, HstoreSyntaxError> {
    let mut reader = Reader { input, position: 0 };
    reader.pairs().map_err(|fault| HstoreSyntaxError {
        input: input.to_owned(),
        position: reader.position,
        fault,
    })
}

/// Prints entries in the order given: `"a"=>"1", "b"=>NULL`.
pub fn write<'a>(entries: impl IntoIterator<Item = super::Entry<'a>>, out: &mut String) {
    for (index, (key, value)) in entries.into_iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write_quoted(key, out);
        out.push_str("=>");
        match value {
            Some(text) => write_quoted(text, out),
            None => out.push_str("NULL"),
        }
    }
}

fn write_quoted(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\\']) {
        out.push_str(&rest[..at]);
        out.push('\\');
        out.push_str(&rest[at..=at]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// Which side of a pair a token is on: that decides what ends it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Key,
    Value,
}

struct Token {
    text: String,
    is_quoted: bool,
}

impl Token {
    fn is_null(&self) -> bool {
        !self.is_quoted && self.text.eq_ignore_ascii_case("null")
    }
}

struct Reader<'a> {
    input: &'a str,
    position: usize,
}

impl Reader<'_> {
    fn pairs(&mut self) -> Result<Vec<(String, Option<String>)>, HstoreFault> {
        let mut pairs = Vec::new();
        while let Some(key) = self.token(Side::Key)? {
            self.arrow()?;
            let Some(value) = self.token(Side::Value)? else {
                return Err(HstoreFault::UnexpectedEnd);
            };
            let value = (!value.is_null()).then_some(value.text);
            pairs.push((key.text, value));
            self.skip_spaces();
            match self.peek() {
                None => break,
                Some(',') => self.advance(','),
                Some(other) => return Err(HstoreFault::Near(other)),
            }
        }
        Ok(pairs)
    }

    /// Reads `=>`; space may stand before it but not within.
    fn arrow(&mut self) -> Result<(), HstoreFault> {
        self.skip_spaces();
        for expected in ['=', '>'] {
            match self.peek() {
                Some(character) if character == expected => self.advance(character),
                Some(other) => return Err(HstoreFault::Near(other)),
                None => return Err(HstoreFault::UnexpectedEnd),
            }
        }
        Ok(())
    }

    /// Reads a key or a value; `None` where only space is left.
    fn token(&mut self, side: Side) -> Result<Option<Token>, HstoreFault> {
        self.skip_spaces();
        match self.peek() {
            None => Ok(None),
            Some('=') if side == Side::Key => Err(HstoreFault::Near('=')),
            Some('"') => {
                self.advance('"');
                self.quoted().map(Some)
            }
            Some(_) => self.unquoted(side).map(Some),
        }
    }

    fn quoted(&mut self) -> Result<Token, HstoreFault> {
        let mut text = String::new();
        loop {
            match self.next()? {
                '"' => break,
                '\\' => text.push(self.next()?),
                other => text.push(other),
            }
        }
        Ok(Token { text, is_quoted: true })
    }

    fn unquoted(&mut self, side: Side) -> Result<Token, HstoreFault> {
        let mut text = String::new();
        let start = self.position;
        while let Some(character) = self.peek() {
            // What would end a token is part of it where it stands first: `,a=>1` has the key `,a`.
            let is_first = self.position == start;
            let ends = match character {
                '=' => side == Side::Key,
                ',' => side == Side::Value,
                other => other.is_ascii_whitespace(),
            };
            if ends && !is_first {
                break;
            }
            self.advance(character);
            if character == '\\' {
                text.push(self.next()?);
            } else {
                text.push(character);
            }
        }
        Ok(Token { text, is_quoted: false })
    }

    fn skip_spaces(&mut self) {
        while let Some(character) = self.peek()
            && character.is_ascii_whitespace()
        {
            self.advance(character);
        }
    }

    fn peek(&self) -> Option<char> {
        self.input[self.position..].chars().next()
    }

    fn advance(&mut self, character: char) {
        self.position += character.len_utf8();
    }

    fn next(&mut self) -> Result<char, HstoreFault> {
        let character = self.peek().ok_or(HstoreFault::UnexpectedEnd)?;
        self.advance(character);
        Ok(character)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::HstoreBuilder;
    use super::*;
    use crate::hstore::HstoreArray;

    /// What PostgreSQL prints for text that it has read.
    fn read_and_print(input: &str) -> String {
        let mut builder = HstoreBuilder::new();
        builder.append_text(input).unwrap();
        let array = builder.finish();
        let mut out = String::new();
        write(HstoreArray::new(&array).unwrap().entries(0), &mut out);
        out
    }

    fn fault(input: &str) -> (HstoreFault, usize) {
        let error = parse(input).unwrap_err();
        (error.fault, error.position)
    }

    /// Each line was checked against PostgreSQL 15.
    #[test]
    fn text_is_read_and_printed_as_postgresql_does() {
        for (input, printed) in [
            ("", ""),
            ("  ", ""),
            ("a=>x, b=>y", r#""a"=>"x", "b"=>"y""#),
            ("\"a\"=>\"x\"", r#""a"=>"x""#),
            ("k => v", r#""k"=>"v""#),
            ("foo => bar, baz => whatever", r#""baz"=>"whatever", "foo"=>"bar""#),
            (r#""1-a" => "anything at all""#, r#""1-a"=>"anything at all""#),
            ("a=>1,a=>2", r#""a"=>"1""#),
            ("key => NULL", r#""key"=>NULL"#),
            ("key => nUlL", r#""key"=>NULL"#),
            (r#"key => "NULL""#, r#""key"=>"NULL""#),
            (r"key => \null", r#""key"=>NULL"#),
            ("NULL=>1", r#""NULL"=>"1""#),
            (r#"""=>"""#, r#"""=>"""#),
            (r#"a=>"""#, r#""a"=>"""#),
            ("a=>1,", r#""a"=>"1""#),
            ("a=>1 , ", r#""a"=>"1""#),
            (",a=>,b, c=>1", r#""c"=>"1", ",a"=>",b""#),
            ("a=>b=c", r#""a"=>"b=c""#),
            ("a,b=>c", r#""a,b"=>"c""#),
            ("a=>=>b", r#""a"=>"=>b""#),
            (r#"a"b=>c"d"#, r#""a\"b"=>"c\"d""#),
            (r"a\=b=>c\,d", r#""a=b"=>"c,d""#),
            (r"\ =>\ ", r#"" "=>" ""#),
            (r#""a\"b"=>"c\\d""#, r#""a\"b"=>"c\\d""#),
            ("a\t=>\u{c}1\r\n", r#""a"=>"1""#),
            ("\u{b}=>1\u{b}", "\"\u{b}\"=>\"1\u{b}\""),
            ("aa=>1, b=>2, ÿ=>3", r#""b"=>"2", "aa"=>"1", "ÿ"=>"3""#),
        ] {
            assert_eq!(read_and_print(input), printed, "{input}");
        }
    }

    #[test]
    fn faults_are_found_where_postgresql_finds_them() {
        use HstoreFault::{Near, UnexpectedEnd};
        for (input, expected) in [
            ("=>1", (Near('='), 0)),
            ("a=>1 b", (Near('b'), 5)),
            ("a b=>1", (Near('b'), 2)),
            ("a= >1", (Near(' '), 2)),
            ("a=1", (Near('1'), 2)),
            (r#""a"=>"1"x"#, (Near('x'), 8)),
            (r#""é"=>1 é"#, (Near('é'), 8)),
            ("a", (UnexpectedEnd, 1)),
            ("a=", (UnexpectedEnd, 2)),
            ("a=>", (UnexpectedEnd, 3)),
            ("a=> ", (UnexpectedEnd, 4)),
            (r#""a"#, (UnexpectedEnd, 2)),
            (r#""a\"#, (UnexpectedEnd, 3)),
            (r"a\", (UnexpectedEnd, 2)),
        ] {
            assert_eq!(fault(input), expected, "{input}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_as_itself(
            entries: Vec<(String, Option<String>)>,
            hard in prop::collection::vec(
                ("[\"\\\\=>, \\x00-\\x1fnulé🦀]{0,6}", prop::option::of("[\"\\\\=>, NULLa]{0,6}")),
                0..6,
            ),
        ) {
            let entries: Vec<_> = entries.into_iter().chain(hard).collect();
            let mut printed = String::new();
            write(entries.iter().map(|(k, v)| (k.as_str(), v.as_deref())), &mut printed);
            prop_assert_eq!(parse(&printed).unwrap(), entries);
        }

        #[test]
        fn no_text_makes_the_reader_panic(
            any: String,
            hard in "[ab\"\\\\=>, \u{b}né]{0,20}",
        ) {
            for input in [any, hard] {
                if let Err(error) = parse(&input) {
                    prop_assert!(error.position <= input.len());
                }
            }
        }
    }
}
