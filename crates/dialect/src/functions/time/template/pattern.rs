//! A template cut into patterns and texts.

/// One piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::functions::time) enum Piece {
    /// A pattern and its modifiers.
    Field(Field),
    /// A blank outside of quotes.
    Blank(char),
    /// Punctuation outside of quotes.
    Separator(char),
    /// Any other character, or one in quotes.
    Character(char),
}

/// A pattern and its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::functions::time) struct Field {
    /// As it was written: capitals decide how it is printed.
    pub(super) name: &'static str,
    pub(super) pattern: Pattern,
    /// `FM`: no blanks or zeros to fill up.
    pub(super) is_filled: bool,
    /// `TM`: names in the language of the locale, which is English; without blanks.
    pub(super) is_local: bool,
    /// `TH` or `th`.
    pub(super) ordinal: Option<Ordinal>,
}

/// How an ordinal ending is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::functions::time) enum Ordinal {
    Upper,
    Lower,
}

/// What a pattern stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::functions::time) enum Pattern {
    Era,
    Afternoon,
    Century,
    DayName,
    DayShortName,
    DayOfYear,
    IsoDayOfYear,
    Day,
    Weekday,
    IsoWeekday,
    /// With so many digits.
    Fraction(u8),
    Fixed,
    Hour24,
    Hour12,
    IsoWeek,
    /// With so many digits.
    IsoYear(u8),
    Julian,
    Minute,
    Month,
    MonthName,
    MonthShortName,
    Millisecond,
    Offset,
    Quarter,
    Roman,
    SecondsOfDay,
    Second,
    ZoneHours,
    ZoneMinutes,
    Zone,
    Microsecond,
    WeekOfYear,
    WeekOfMonth,
    YearWithComma,
    /// With so many digits.
    Year(u8),
}

/// Patterns as written; a longer one comes before those that it begins with.
const CAPITAL: [(&str, Pattern); 58] = [
    ("A.D.", Pattern::Era),
    ("A.M.", Pattern::Afternoon),
    ("AD", Pattern::Era),
    ("AM", Pattern::Afternoon),
    ("B.C.", Pattern::Era),
    ("BC", Pattern::Era),
    ("CC", Pattern::Century),
    ("DAY", Pattern::DayName),
    ("Day", Pattern::DayName),
    ("DDD", Pattern::DayOfYear),
    ("DD", Pattern::Day),
    ("DY", Pattern::DayShortName),
    ("Dy", Pattern::DayShortName),
    ("D", Pattern::Weekday),
    ("FF1", Pattern::Fraction(1)),
    ("FF2", Pattern::Fraction(2)),
    ("FF3", Pattern::Fraction(3)),
    ("FF4", Pattern::Fraction(4)),
    ("FF5", Pattern::Fraction(5)),
    ("FF6", Pattern::Fraction(6)),
    ("FX", Pattern::Fixed),
    ("HH24", Pattern::Hour24),
    ("HH12", Pattern::Hour12),
    ("HH", Pattern::Hour12),
    ("IDDD", Pattern::IsoDayOfYear),
    ("ID", Pattern::IsoWeekday),
    ("IW", Pattern::IsoWeek),
    ("IYYY", Pattern::IsoYear(4)),
    ("IYY", Pattern::IsoYear(3)),
    ("IY", Pattern::IsoYear(2)),
    ("I", Pattern::IsoYear(1)),
    ("J", Pattern::Julian),
    ("MI", Pattern::Minute),
    ("MM", Pattern::Month),
    ("MONTH", Pattern::MonthName),
    ("Month", Pattern::MonthName),
    ("MON", Pattern::MonthShortName),
    ("Mon", Pattern::MonthShortName),
    ("MS", Pattern::Millisecond),
    ("OF", Pattern::Offset),
    ("P.M.", Pattern::Afternoon),
    ("PM", Pattern::Afternoon),
    ("Q", Pattern::Quarter),
    ("RM", Pattern::Roman),
    ("SSSSS", Pattern::SecondsOfDay),
    ("SSSS", Pattern::SecondsOfDay),
    ("SS", Pattern::Second),
    ("TZH", Pattern::ZoneHours),
    ("TZM", Pattern::ZoneMinutes),
    ("TZ", Pattern::Zone),
    ("US", Pattern::Microsecond),
    ("WW", Pattern::WeekOfYear),
    ("W", Pattern::WeekOfMonth),
    ("Y,YYY", Pattern::YearWithComma),
    ("YYYY", Pattern::Year(4)),
    ("YYY", Pattern::Year(3)),
    ("YY", Pattern::Year(2)),
    ("Y", Pattern::Year(1)),
];

/// Patterns in small letters; those of names are written `day`, `dy`, `month` and `mon`.
const SMALL: [(&str, Pattern); 54] = [
    ("a.d.", Pattern::Era),
    ("a.m.", Pattern::Afternoon),
    ("ad", Pattern::Era),
    ("am", Pattern::Afternoon),
    ("b.c.", Pattern::Era),
    ("bc", Pattern::Era),
    ("cc", Pattern::Century),
    ("day", Pattern::DayName),
    ("ddd", Pattern::DayOfYear),
    ("dd", Pattern::Day),
    ("dy", Pattern::DayShortName),
    ("d", Pattern::Weekday),
    ("ff1", Pattern::Fraction(1)),
    ("ff2", Pattern::Fraction(2)),
    ("ff3", Pattern::Fraction(3)),
    ("ff4", Pattern::Fraction(4)),
    ("ff5", Pattern::Fraction(5)),
    ("ff6", Pattern::Fraction(6)),
    ("fx", Pattern::Fixed),
    ("hh24", Pattern::Hour24),
    ("hh12", Pattern::Hour12),
    ("hh", Pattern::Hour12),
    ("iddd", Pattern::IsoDayOfYear),
    ("id", Pattern::IsoWeekday),
    ("iw", Pattern::IsoWeek),
    ("iyyy", Pattern::IsoYear(4)),
    ("iyy", Pattern::IsoYear(3)),
    ("iy", Pattern::IsoYear(2)),
    ("i", Pattern::IsoYear(1)),
    ("j", Pattern::Julian),
    ("mi", Pattern::Minute),
    ("mm", Pattern::Month),
    ("month", Pattern::MonthName),
    ("mon", Pattern::MonthShortName),
    ("ms", Pattern::Millisecond),
    ("of", Pattern::Offset),
    ("p.m.", Pattern::Afternoon),
    ("pm", Pattern::Afternoon),
    ("q", Pattern::Quarter),
    ("rm", Pattern::Roman),
    ("sssss", Pattern::SecondsOfDay),
    ("ssss", Pattern::SecondsOfDay),
    ("ss", Pattern::Second),
    ("tzh", Pattern::ZoneHours),
    ("tzm", Pattern::ZoneMinutes),
    ("tz", Pattern::Zone),
    ("us", Pattern::Microsecond),
    ("ww", Pattern::WeekOfYear),
    ("w", Pattern::WeekOfMonth),
    ("y,yyy", Pattern::YearWithComma),
    ("yyyy", Pattern::Year(4)),
    ("yyy", Pattern::Year(3)),
    ("yy", Pattern::Year(2)),
    ("y", Pattern::Year(1)),
];

/// Cuts a template; `"…"` holds text as it is.
pub(in crate::functions::time) fn parse(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(first) = rest.chars().next() {
        let prefix = rest.get(..2).filter(|start| ["FM", "fm", "TM", "tm"].contains(start));
        let after_prefix = &rest[prefix.map_or(0, str::len)..];
        if let Some((name, pattern)) = pattern(after_prefix) {
            rest = &after_prefix[name.len()..];
            let mut ordinal = None;
            match rest.get(..2) {
                Some("TH") => ordinal = Some(Ordinal::Upper),
                Some("th") => ordinal = Some(Ordinal::Lower),
                _ => {}
            }
            // `SP` would spell the number, which PostgreSQL does not do either.
            if ordinal.is_some() || matches!(rest.get(..2), Some("SP" | "sp")) {
                rest = &rest[2..];
            }
            let is =
                |modifier: &str| prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(modifier));
            pieces.push(Piece::Field(Field {
                name,
                pattern,
                is_filled: is("FM"),
                is_local: is("TM"),
                ordinal,
            }));
            continue;
        }
        if prefix.is_some() {
            // A modifier of nothing is left out.
            rest = after_prefix;
            if let Some(next) = rest.chars().next().filter(|next| *next != '"') {
                pieces.push(plain(next));
                rest = &rest[next.len_utf8()..];
            }
            continue;
        }
        rest = &rest[first.len_utf8()..];
        if first == '"' {
            rest = quoted(rest, &mut pieces);
        } else if first == '\\' && rest.starts_with('"') {
            pieces.push(Piece::Character('"'));
            rest = &rest[1..];
        } else {
            pieces.push(plain(first));
        }
    }
    pieces
}

fn plain(character: char) -> Piece {
    if character.is_ascii_whitespace() {
        Piece::Blank(character)
    } else if character.is_ascii_punctuation() {
        Piece::Separator(character)
    } else {
        Piece::Character(character)
    }
}

/// Takes the text up to the closing quote; a backslash takes the character after it as it is.
fn quoted<'a>(text: &'a str, pieces: &mut Vec<Piece>) -> &'a str {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => break,
            '\\' => pieces.extend(characters.next().map(Piece::Character)),
            other => pieces.push(Piece::Character(other)),
        }
    }
    characters.as_str()
}

fn pattern(text: &str) -> Option<(&'static str, Pattern)> {
    let first = text.bytes().next()?;
    if !first.is_ascii_alphabetic() {
        return None;
    }
    CAPITAL.iter().chain(&SMALL).find(|(name, _)| text.starts_with(name)).copied()
}
