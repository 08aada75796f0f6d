//! From ICU's syntax of regular expressions to the engine's; nothing passes that is not understood here.
//!
//! Source: the ICU User Guide, "Regular Expressions", and UTS #18.

use super::class;
use super::fault;
use census_error::Error;

/// How deep groups may nest.
const MAXIMUM_DEPTH: usize = 40;
/// How often a counted repetition may repeat.
const MAXIMUM_COUNT: usize = 1_000;
/// How many characters and sets a pattern may have once counted repetitions are written out.
const MAXIMUM_SIZE: usize = 20_000;
/// Every line terminator that is one character.
const LINE_END: &str = r"[\x{A}-\x{D}\x{85}\x{2028}\x{2029}]";
const NO_LINE_END: &str = r"[^\x{A}-\x{D}\x{85}\x{2028}\x{2029}]";

/// What changes how a pattern is read.
// Each is a switch of ICU's of its own.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Flags {
    /// Letters match in both cases.
    pub(crate) ignores_case: bool,
    /// `^` and `$` match at lines.
    pub(crate) has_lines: bool,
    /// `.` matches line terminators too.
    pub(crate) dot_matches_all: bool,
    /// White space and comments in the pattern are skipped.
    pub(crate) has_comments: bool,
}

/// A pattern in the engine's syntax.
#[derive(Debug)]
pub(super) struct Translation {
    /// For texts whose only line terminator is `\n`, and which do not end with one.
    pub(super) plain: String,
    /// For all texts.
    pub(super) exact: String,
    /// How many groups capture.
    pub(super) groups: usize,
    /// The names that groups have, and their numbers.
    pub(super) names: Vec<(String, usize)>,
    /// Whether the engine may have to go back and forth.
    pub(super) backtracks: bool,
}

/// Translates a pattern.
///
/// # Errors
/// 2201B for what is no pattern, and for what the engine cannot do.
pub(super) fn translate(pattern: &str, flags: Flags) -> Result<Translation, Error> {
    let mut translator = Translator {
        characters: pattern.chars().collect(),
        at: 0,
        flags,
        depth: 0,
        is_quoting: false,
        references: 0,
        translation: Translation {
            plain: String::new(),
            exact: String::new(),
            groups: 0,
            names: Vec::new(),
            backtracks: false,
        },
    };
    translator.alternatives()?;
    if translator.peek().is_some() {
        return Err(fault("parentheses () not balanced"));
    }
    if translator.references > translator.translation.groups {
        return Err(fault(format!("there is no group {} to refer back to", translator.references)));
    }
    Ok(translator.translation)
}

pub(super) struct Translator {
    pub(super) characters: Vec<char>,
    pub(super) at: usize,
    pub(super) flags: Flags,
    pub(super) is_quoting: bool,
    depth: usize,
    /// The highest group that is referred back to.
    references: usize,
    translation: Translation,
}

impl Translator {
    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    pub(super) fn peek_at(&self, distance: usize) -> Option<char> {
        self.characters.get(self.at + distance).copied()
    }

    pub(super) fn take(&mut self, expected: char) -> bool {
        let is_there = self.peek() == Some(expected);
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn take_all(&mut self, expected: &str) -> bool {
        let is_there = expected
            .chars()
            .enumerate()
            .all(|(distance, character)| self.peek_at(distance) == Some(character));
        if is_there {
            self.at += expected.chars().count();
        }
        is_there
    }

    fn emit(&mut self, text: &str) {
        self.emit_both(text, text);
    }

    fn emit_both(&mut self, plain: &str, exact: &str) {
        self.translation.plain.push_str(plain);
        self.translation.exact.push_str(exact);
    }

    /// Skips comments, and with their flag also white space, of the pattern.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        loop {
            if self.is_quoting {
                return Ok(());
            }
            if self.take_all("(?#") {
                while !self.take(')') {
                    if self.peek().is_none() {
                        return Err(fault("a comment does not end"));
                    }
                    self.at += 1;
                }
                continue;
            }
            match self.peek() {
                Some('#') if self.flags.has_comments => {
                    while self.peek().is_some_and(|character| character != '\n') {
                        self.at += 1;
                    }
                }
                Some(character) if self.flags.has_comments && character.is_whitespace() => {
                    self.at += 1;
                }
                _ => return Ok(()),
            }
        }
    }

    /// Reads up to the parenthesis that closes, or the end; returns how many parts were read.
    fn alternatives(&mut self) -> Result<usize, Error> {
        let mut size = 0;
        loop {
            size += self.sequence()?;
            if size > MAXIMUM_SIZE {
                return Err(fault("the pattern is too complex"));
            }
            if !self.take('|') {
                return Ok(size);
            }
            self.emit("|");
        }
    }

    fn sequence(&mut self) -> Result<usize, Error> {
        let mut size = 0_usize;
        loop {
            self.skip()?;
            match self.peek() {
                None => return Ok(size),
                Some('|' | ')') if !self.is_quoting => return Ok(size),
                Some(_) => {}
            }
            let Some(part) = self.part()? else { continue };
            if self.is_quoting && self.take_all("\\E") {
                self.is_quoting = false;
            }
            self.skip()?;
            size = size.saturating_add(part.saturating_mul(self.quantifier()?));
            if size > MAXIMUM_SIZE {
                return Err(fault("the pattern is too complex"));
            }
        }
    }

    /// Reads one part; `None` for one that matches nothing by itself, as `(?i)`.
    fn part(&mut self) -> Result<Option<usize>, Error> {
        let Some(character) = self.peek() else { return Ok(None) };
        self.at += 1;
        if self.is_quoting {
            if character == '\\' && self.take('E') {
                self.is_quoting = false;
                return Ok(None);
            }
            self.literal(character);
            return Ok(Some(1));
        }
        match character {
            '(' => return self.group(),
            '[' => {
                let class = class::read(self)?;
                self.class(&class);
                return Ok(Some(4));
            }
            '.' if self.flags.dot_matches_all => {
                self.emit_both("(?s:.)", r"(?>\x{D}\x{A}|(?s:.))");
            }
            '.' => self.emit_both(".", NO_LINE_END),
            '^' if self.flags.has_lines => {
                let exact = format!(r"(?:\A|(?<={LINE_END})(?!\z))");
                self.emit_both("(?m:^)", &exact);
            }
            '^' => self.emit(r"\A"),
            '$' if self.flags.has_lines => {
                let exact = format!(r"(?:(?={LINE_END}|\z)(?!(?<=\x{{D}})\x{{A}}))");
                self.emit_both("(?m:$)", &exact);
            }
            '$' => self.last_line_end(),
            '\\' => return self.escape(),
            '*' | '+' | '?' | '{' | '}' => {
                return Err(fault(format!("\"{character}\" has nothing to repeat")));
            }
            _ => self.literal(character),
        }
        Ok(Some(1))
    }

    fn last_line_end(&mut self) {
        let exact = format!(r"(?:(?=(?:\x{{D}}\x{{A}}|{LINE_END})?\z)(?!(?<=\x{{D}})\x{{A}}))");
        self.emit_both(r"\z", &exact);
    }

    fn literal(&mut self, character: char) {
        let mut text = String::new();
        class::push_literal(character, &mut text);
        if self.flags.ignores_case && character.is_alphabetic() {
            text = format!("(?i:{text})");
        }
        self.emit(&text);
    }

    fn class(&mut self, class: &str) {
        if self.flags.ignores_case {
            self.emit(&format!("(?i:{class})"));
        } else {
            self.emit(class);
        }
    }

    /// Reads what follows a parenthesis.
    fn group(&mut self) -> Result<Option<usize>, Error> {
        let outer = self.flags;
        let opening = if !self.take('?') {
            self.translation.groups += 1;
            "("
        } else if self.take(':') {
            "(?:"
        } else if self.take('>') {
            self.translation.backtracks = true;
            "(?>"
        } else if self.take('=') {
            self.translation.backtracks = true;
            "(?="
        } else if self.take('!') {
            self.translation.backtracks = true;
            "(?!"
        } else if self.take_all("<=") {
            self.translation.backtracks = true;
            "(?<="
        } else if self.take_all("<!") {
            self.translation.backtracks = true;
            "(?<!"
        } else if self.take('<') {
            self.translation.groups += 1;
            let name = self.name('>')?;
            if self.translation.names.iter().any(|(other, _)| *other == name) {
                return Err(fault(format!("the group \"{name}\" is there twice")));
            }
            self.translation.names.push((name, self.translation.groups));
            "("
        } else {
            self.read_flags()?;
            if self.take(')') {
                return Ok(None);
            }
            "(?:"
        };
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH {
            return Err(fault("groups are nested too deeply"));
        }
        self.emit(opening);
        let size = self.alternatives()?;
        if !self.take(')') {
            return Err(fault("parentheses () not balanced"));
        }
        self.emit(")");
        self.depth -= 1;
        self.flags = outer;
        Ok(Some(size.max(1)))
    }

    /// Reads `i-m:` or `i-m)`, up to the last character.
    fn read_flags(&mut self) -> Result<(), Error> {
        let mut is_on = true;
        loop {
            match self.peek() {
                Some('i') => self.flags.ignores_case = is_on,
                Some('m') => self.flags.has_lines = is_on,
                Some('s') => self.flags.dot_matches_all = is_on,
                Some('x') => self.flags.has_comments = is_on,
                Some('-') if is_on => is_on = false,
                Some(':') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(')') => return Ok(()),
                Some(other) => {
                    return Err(fault(format!("\"(?{other}\" is not supported")));
                }
                None => return Err(fault("parentheses () not balanced")),
            }
            self.at += 1;
        }
    }

    /// Reads the name of a group up to the character that ends it.
    fn name(&mut self, end: char) -> Result<String, Error> {
        let mut name = String::new();
        while let Some(character) = self.peek() {
            self.at += 1;
            if character == end && !name.is_empty() {
                return Ok(name);
            }
            let is_first = name.is_empty();
            if character.is_ascii_alphabetic() || (!is_first && character.is_ascii_digit()) {
                name.push(character);
            } else {
                break;
            }
        }
        Err(fault("the name of a group is letters and digits, a letter first"))
    }

    fn escape(&mut self) -> Result<Option<usize>, Error> {
        let Some(character) = self.peek() else {
            return Err(fault("invalid escape \\ sequence"));
        };
        match character {
            'Q' => {
                self.at += 1;
                self.is_quoting = true;
                return Ok(None);
            }
            '1'..='9' => return self.back_reference().map(Some),
            'A' => self.emit(r"\A"),
            'z' => self.emit(r"\z"),
            'Z' => self.last_line_end(),
            'b' => self.emit(r"\b"),
            'B' => self.emit(r"\B"),
            'R' => {
                let exact = format!(r"(?>\x{{D}}\x{{A}}|{LINE_END})");
                self.emit_both(LINE_END, &exact);
            }
            'k' => {
                self.at += 1;
                if !self.take('<') {
                    return Err(fault("\"\\k\" needs the name of a group"));
                }
                let name = self.name('>')?;
                let found = self.translation.names.iter().find(|(other, _)| *other == name);
                let Some(&(_, number)) = found else {
                    return Err(fault(format!("there is no group \"{name}\" to refer back to")));
                };
                return self.refer_back(number).map(Some);
            }
            _ => {
                if let Some(class) = class::read_escaped_class(self)? {
                    self.class(&class);
                    return Ok(Some(4));
                }
                let literal = class::read_escaped_character(self)?;
                self.literal(literal);
                return Ok(Some(1));
            }
        }
        self.at += 1;
        Ok(Some(1))
    }

    /// Reads as many digits as there are groups so far.
    fn back_reference(&mut self) -> Result<usize, Error> {
        let mut number = 0;
        while let Some(digit) = self.peek().and_then(|character| character.to_digit(10)) {
            let longer = number * 10 + digit as usize;
            if number > 0 && longer > self.translation.groups {
                break;
            }
            number = longer;
            self.at += 1;
        }
        self.refer_back(number)
    }

    fn refer_back(&mut self, number: usize) -> Result<usize, Error> {
        if self.flags.ignores_case {
            return Err(fault("a reference back in both cases is not supported"));
        }
        self.references = self.references.max(number);
        self.translation.backtracks = true;
        self.emit(&format!(r"(?:\{number})"));
        Ok(1)
    }

    /// Reads `*`, `+`, `?` or `{n,m}`, lazy or possessive; returns how often the part may be written out.
    fn quantifier(&mut self) -> Result<usize, Error> {
        if self.is_quoting {
            return Ok(1);
        }
        let times = match self.peek() {
            Some(sign @ ('*' | '+' | '?')) => {
                self.at += 1;
                self.emit(sign.encode_utf8(&mut [0; 4]));
                1
            }
            Some('{') => {
                self.at += 1;
                self.counts()?
            }
            _ => return Ok(1),
        };
        if self.take('?') {
            self.emit("?");
        } else if self.take('+') {
            self.translation.backtracks = true;
            self.emit("+");
        }
        self.skip()?;
        if let Some(sign @ ('*' | '+' | '?' | '{')) = self.peek() {
            return Err(fault(format!("\"{sign}\" has nothing to repeat")));
        }
        Ok(times)
    }

    /// Reads `n}`, `n,}` or `n,m}`.
    fn counts(&mut self) -> Result<usize, Error> {
        let least = self.count()?;
        let Some(least) = least else { return Err(fault("invalid repetition count(s)")) };
        let most = if self.take(',') { self.count()? } else { Some(least) };
        if !self.take('}') || most.is_some_and(|most| most < least) {
            return Err(fault("invalid repetition count(s)"));
        }
        let most_text = most.map(|most| most.to_string()).unwrap_or_default();
        self.emit(&format!("{{{least},{most_text}}}"));
        Ok(most.unwrap_or(least + 1).max(1))
    }

    fn count(&mut self) -> Result<Option<usize>, Error> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|character| character.to_digit(10)) {
            let value = number.unwrap_or(0) * 10 + digit as usize;
            if value > MAXIMUM_COUNT {
                return Err(fault(format!("a repetition may count to {MAXIMUM_COUNT}")));
            }
            number = Some(value);
            self.at += 1;
        }
        Ok(number)
    }
}
