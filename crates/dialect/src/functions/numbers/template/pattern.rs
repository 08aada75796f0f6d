//! A template cut into patterns, and what they say together.

use census_error::{Error, SqlState};

/// One pattern of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    Nine,
    Zero,
    /// `.` or `D`.
    Point,
    /// `,`, or `G`, of which the locale C has a comma.
    Group,
    /// `L`.
    Currency,
    Roman(Case),
    Ordinal(Case),
    Minus,
    Plus,
    Sign,
    /// A pattern that prints nothing itself.
    Silent,
    /// A character that stands for itself.
    Character(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

/// Where `S` puts the sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignPlace {
    Before,
    After,
}

/// What the patterns of a template say together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "every pattern may stand there or not")]
pub(super) struct Form {
    /// How many digits stand before the point.
    pub(super) before: usize,
    /// How many digits stand after the point.
    pub(super) after: usize,
    /// How many digits follow `V`.
    pub(super) shift: usize,
    /// How many digits come before the first `0`; none where no `0` stands before the point.
    pub(super) first_zero: Option<usize>,
    /// How many digits come up to the last `0`.
    pub(super) last_zero: usize,
    /// Where `S` puts the sign.
    pub(super) sign: Option<SignPlace>,
    /// How many digits came before the last `S` before the point.
    pub(super) before_sign: usize,
    pub(super) has_point: bool,
    pub(super) fills: bool,
    pub(super) has_minus: bool,
    pub(super) has_plus: bool,
    pub(super) has_brackets: bool,
    pub(super) has_shift: bool,
    pub(super) is_roman: bool,
    pub(super) is_scientific: bool,
    /// Whether `B` stands there, which `EEEE` does not go with.
    pub(super) is_blank: bool,
}

/// A template that has been read.
#[derive(Debug, Clone)]
pub(in crate::functions) struct Template {
    pub(super) patterns: Vec<Pattern>,
    pub(super) form: Form,
}

/// The patterns by their names; of those that begin alike the longer comes first.
const NAMES: [(&str, Token); 22] = [
    (",", Token::Plain(Pattern::Group)),
    (".", Token::Point),
    ("0", Token::Zero),
    ("9", Token::Nine),
    ("B", Token::Blank),
    ("C", Token::Plain(Pattern::Silent)),
    ("D", Token::Point),
    ("EEEE", Token::Scientific),
    ("FM", Token::Fill),
    ("G", Token::Plain(Pattern::Group)),
    ("L", Token::Plain(Pattern::Currency)),
    ("MI", Token::Minus),
    ("PL", Token::Plus),
    ("PR", Token::Brackets),
    ("RN", Token::Roman(Case::Upper)),
    ("SG", Token::PlusMinus),
    ("SP", Token::Plain(Pattern::Silent)),
    ("S", Token::Sign),
    ("TH", Token::Plain(Pattern::Ordinal(Case::Upper))),
    ("V", Token::Shift),
    ("rn", Token::Roman(Case::Lower)),
    ("th", Token::Plain(Pattern::Ordinal(Case::Lower))),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Nine,
    Zero,
    Point,
    Blank,
    Fill,
    Sign,
    Minus,
    Plus,
    PlusMinus,
    Brackets,
    Roman(Case),
    Shift,
    Scientific,
    /// A pattern that says nothing about others.
    Plain(Pattern),
}

/// Cuts a template into its patterns.
///
/// # Errors
/// 42601 for patterns that do not go together.
pub(in crate::functions) fn parse(template: &str) -> Result<Template, Error> {
    let mut parsed = Template { patterns: Vec::new(), form: Form::default() };
    let mut rest = template;
    while let Some(character) = rest.chars().next() {
        if let Some((name, token)) = token(rest) {
            parsed.form.add(token)?;
            parsed.patterns.extend(pattern(token));
            rest = &rest[name.len()..];
        } else if character == '"' {
            rest = quoted(&rest[1..], &mut parsed.patterns);
        } else {
            // A backslash outside of quotes stands for itself but before a quote.
            rest = rest.strip_prefix('\\').filter(|after| after.starts_with('"')).unwrap_or(rest);
            let Some(literal) = rest.chars().next() else { break };
            parsed.patterns.push(Pattern::Character(literal));
            rest = &rest[literal.len_utf8()..];
        }
    }
    Ok(parsed)
}

/// Returns the pattern that a text begins with, and its name; names are all upper or all lower case.
fn token(text: &str) -> Option<(&'static str, Token)> {
    let begins = |name: &str| {
        text.starts_with(name)
            || (!["RN", "TH"].contains(&name) && text.starts_with(&name.to_lowercase()))
    };
    NAMES.into_iter().find(|(name, _)| begins(name))
}

fn pattern(token: Token) -> Option<Pattern> {
    Some(match token {
        Token::Nine => Pattern::Nine,
        Token::Zero => Pattern::Zero,
        Token::Point => Pattern::Point,
        Token::Minus => Pattern::Minus,
        Token::Plus => Pattern::Plus,
        Token::PlusMinus => Pattern::Sign,
        Token::Roman(case) => Pattern::Roman(case),
        Token::Plain(pattern) => pattern,
        Token::Blank
        | Token::Fill
        | Token::Sign
        | Token::Brackets
        | Token::Shift
        | Token::Scientific => return None,
    })
}

/// Takes the characters up to the next quote; a backslash takes the next one, whatever it is. Returns what follows.
fn quoted<'a>(text: &'a str, patterns: &mut Vec<Pattern>) -> &'a str {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let literal = match character {
            '"' => break,
            '\\' => characters.next().unwrap_or('\\'),
            other => other,
        };
        patterns.push(Pattern::Character(literal));
    }
    characters.as_str()
}

impl Form {
    fn add(&mut self, token: Token) -> Result<(), Error> {
        if self.is_scientific && token != Token::Scientific {
            // Quoted and other characters may follow, patterns may not.
            return Err(syntax("\"EEEE\" must be the last pattern used"));
        }
        match token {
            Token::Nine => self.add_nine()?,
            Token::Zero => self.add_zero()?,
            Token::Point => self.add_point()?,
            Token::Blank => {
                self.is_blank |= self.before == 0 && self.after == 0 && self.first_zero.is_none();
            }
            Token::Fill => self.fills = true,
            Token::Sign => self.add_sign()?,
            Token::Minus | Token::Plus | Token::PlusMinus if self.sign.is_some() => {
                let name = match token {
                    Token::Minus => "MI",
                    Token::Plus => "PL",
                    _ => "SG",
                };
                return Err(syntax(&format!("cannot use \"S\" and \"{name}\" together")));
            }
            Token::Minus => self.has_minus = true,
            Token::Plus => self.has_plus = true,
            Token::PlusMinus => (self.has_minus, self.has_plus) = (true, true),
            Token::Brackets if self.sign.is_some() || self.has_plus || self.has_minus => {
                return Err(syntax("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together"));
            }
            Token::Brackets => self.has_brackets = true,
            Token::Roman(_) => self.is_roman = true,
            Token::Shift if self.has_point => return Err(point_and_shift()),
            Token::Shift => self.has_shift = true,
            Token::Scientific => self.add_exponent()?,
            Token::Plain(_) => {}
        }
        Ok(())
    }

    fn add_nine(&mut self) -> Result<(), Error> {
        if self.has_brackets {
            return Err(syntax("\"9\" must be ahead of \"PR\""));
        }
        if self.has_shift {
            self.shift += 1;
        } else if self.has_point {
            self.after += 1;
        } else {
            self.before += 1;
        }
        Ok(())
    }

    fn add_zero(&mut self) -> Result<(), Error> {
        if self.has_brackets {
            return Err(syntax("\"0\" must be ahead of \"PR\""));
        }
        if self.has_point {
            self.after += 1;
        } else {
            self.first_zero.get_or_insert(self.before);
            self.before += 1;
        }
        self.last_zero = self.before + self.after;
        Ok(())
    }

    fn add_point(&mut self) -> Result<(), Error> {
        if self.has_point {
            return Err(syntax("multiple decimal points"));
        }
        if self.has_shift {
            return Err(point_and_shift());
        }
        self.has_point = true;
        Ok(())
    }

    fn add_sign(&mut self) -> Result<(), Error> {
        if self.sign.is_some() {
            return Err(syntax("cannot use \"S\" twice"));
        }
        if self.has_plus || self.has_minus || self.has_brackets {
            return Err(syntax("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together"));
        }
        self.sign = Some(if self.has_point { SignPlace::After } else { SignPlace::Before });
        if !self.has_point {
            self.before_sign = self.before;
        }
        Ok(())
    }

    fn add_exponent(&mut self) -> Result<(), Error> {
        if self.is_scientific {
            return Err(syntax("cannot use \"EEEE\" twice"));
        }
        let is_alone = !(self.is_blank
            || self.fills
            || self.sign.is_some()
            || self.has_brackets
            || self.has_minus
            || self.has_plus
            || self.is_roman
            || self.has_shift);
        if !is_alone {
            let detail =
                "\"EEEE\" may only be used together with digit and decimal point patterns.";
            return Err(syntax("\"EEEE\" is incompatible with other formats").with_detail(detail));
        }
        self.is_scientific = true;
        Ok(())
    }

    /// Tells whether zeros are printed before the point.
    pub(super) fn has_zero(&self) -> bool {
        self.first_zero.is_some()
    }
}

fn point_and_shift() -> Error {
    syntax("cannot use \"V\" and decimal point together")
}

fn syntax(message: &str) -> Error {
    Error::new(SqlState::SyntaxError, message)
}
