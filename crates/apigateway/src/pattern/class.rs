//! Character classes: ranges, names, unions, intersections and complements.
//!
//! Source: the documentation of java.util.regex.Pattern; `\d`, `\w` and `\s` are ASCII there.

use super::syntax::Fold;

/// A set of characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Class {
    Range(char, char),
    Named(Name),
    Union(Vec<Class>),
    Intersection(Vec<Class>),
    Not(Box<Class>),
}

/// Classes with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Digit,
    Word,
    Space,
    HorizontalSpace,
    VerticalSpace,
    Lower,
    Upper,
    Ascii,
    Alphabetic,
    Alphanumeric,
    Punctuation,
    Graphic,
    Printable,
    Blank,
    Control,
    HexDigit,
    /// `\p{L}`, `\p{IsAlphabetic}`.
    AnyLetter,
    /// `\p{Lu}`.
    AnyUpper,
    /// `\p{Ll}`.
    AnyLower,
    /// `\p{N}`, `\p{Nd}`.
    AnyNumber,
    /// `\p{IsWhite_Space}`.
    AnySpace,
    /// `\p{Cc}`.
    AnyControl,
}

/// The classes of `\p{...}` that can be simulated.
const PROPERTIES: &[(&str, Name)] = &[
    ("Lower", Name::Lower),
    ("Upper", Name::Upper),
    ("ASCII", Name::Ascii),
    ("Alpha", Name::Alphabetic),
    ("Digit", Name::Digit),
    ("Alnum", Name::Alphanumeric),
    ("Punct", Name::Punctuation),
    ("Graph", Name::Graphic),
    ("Print", Name::Printable),
    ("Blank", Name::Blank),
    ("Cntrl", Name::Control),
    ("XDigit", Name::HexDigit),
    ("Space", Name::Space),
    ("L", Name::AnyLetter),
    ("IsL", Name::AnyLetter),
    ("IsAlphabetic", Name::AnyLetter),
    ("IsLetter", Name::AnyLetter),
    ("javaLetter", Name::AnyLetter),
    ("Lu", Name::AnyUpper),
    ("IsLu", Name::AnyUpper),
    ("IsUppercase", Name::AnyUpper),
    ("javaUpperCase", Name::AnyUpper),
    ("Ll", Name::AnyLower),
    ("IsLl", Name::AnyLower),
    ("IsLowercase", Name::AnyLower),
    ("javaLowerCase", Name::AnyLower),
    ("N", Name::AnyNumber),
    ("IsWhite_Space", Name::AnySpace),
    ("Cc", Name::AnyControl),
];

impl Name {
    pub(super) fn of_property(property: &str) -> Option<Self> {
        PROPERTIES.iter().find(|(text, _)| *text == property).map(|(_, name)| *name)
    }

    fn contains(self, c: char) -> bool {
        match self {
            Self::Digit => c.is_ascii_digit(),
            Self::Word => c.is_ascii_alphanumeric() || c == '_',
            Self::Space => matches!(c, ' ' | '\t' | '\n' | '\x0B' | '\x0C' | '\r'),
            Self::HorizontalSpace => {
                matches!(
                    c,
                    ' ' | '\t'
                        | '\u{A0}'
                        | '\u{1680}'
                        | '\u{180e}'
                        | '\u{202f}'
                        | '\u{205f}'
                        | '\u{3000}'
                ) || ('\u{2000}'..='\u{200a}').contains(&c)
            }
            Self::VerticalSpace => {
                matches!(c, '\n' | '\x0B' | '\x0C' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
            }
            Self::Lower => c.is_ascii_lowercase(),
            Self::Upper => c.is_ascii_uppercase(),
            Self::Ascii => c.is_ascii(),
            Self::Alphabetic => c.is_ascii_alphabetic(),
            Self::Alphanumeric => c.is_ascii_alphanumeric(),
            Self::Punctuation => c.is_ascii_punctuation(),
            Self::Graphic => c.is_ascii_graphic(),
            Self::Printable => c.is_ascii_graphic() || c == ' ',
            Self::Blank => c == ' ' || c == '\t',
            Self::Control => c.is_ascii_control(),
            Self::HexDigit => c.is_ascii_hexdigit(),
            Self::AnyLetter => c.is_alphabetic(),
            Self::AnyUpper => c.is_uppercase(),
            Self::AnyLower => c.is_lowercase(),
            Self::AnyNumber => c.is_numeric(),
            Self::AnySpace => c.is_whitespace(),
            Self::AnyControl => c.is_control(),
        }
    }
}

impl Class {
    fn contains_exactly(&self, c: char) -> bool {
        match self {
            Self::Range(first, last) => (*first..=*last).contains(&c),
            Self::Named(name) => name.contains(c),
            Self::Union(classes) => classes.iter().any(|class| class.contains_exactly(c)),
            Self::Intersection(classes) => classes.iter().all(|class| class.contains_exactly(c)),
            Self::Not(class) => !class.contains_exactly(c),
        }
    }

    pub(super) fn contains(&self, c: char, fold: Fold) -> bool {
        // A complement excludes both cases of what it names.
        if let Self::Not(class) = self {
            return !class.contains(c, fold);
        }
        self.contains_exactly(c)
            || cases(c, fold).into_iter().any(|case| self.contains_exactly(case))
    }
}

/// The other cases of a character.
fn cases(c: char, fold: Fold) -> [char; 2] {
    match fold {
        Fold::None => [c, c],
        Fold::Ascii => [c.to_ascii_lowercase(), c.to_ascii_uppercase()],
        Fold::Unicode => {
            let lower = c.to_lowercase().next().unwrap_or(c);
            let upper = c.to_uppercase().next().unwrap_or(c);
            [lower, upper]
        }
    }
}

/// Whether two characters are the same, cases folded.
pub(super) fn same(left: char, right: char, fold: Fold) -> bool {
    match fold {
        Fold::None => left == right,
        Fold::Ascii => left.eq_ignore_ascii_case(&right),
        Fold::Unicode => {
            left == right || cases(left, fold).iter().any(|case| cases(right, fold).contains(case))
        }
    }
}

/// Whether `.` stops at a character, and `^` and `$` of `(?m)` see a line end.
pub(super) fn ends_line(c: char, unix_lines: bool) -> bool {
    c == '\n' || (!unix_lines && matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'))
}
