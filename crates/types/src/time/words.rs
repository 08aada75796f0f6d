//! The words that dates, times and intervals may contain.

/// How much of a word counts.
const LENGTH: usize = 10;

/// A month of the year, from 1.
pub type Month = i64;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] =
    ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// Returns the full English name of a month, lower case.
#[must_use]
pub fn month_named(month: Month) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// Returns the full English name of a day of the week, lower case; 0 and 7 are Sunday.
#[must_use]
pub fn weekday_named(weekday: i64) -> &'static str {
    usize::try_from(weekday % 7)
        .ok()
        .and_then(|index| WEEKDAYS.get(index))
        .copied()
        .unwrap_or_default()
}

/// What a word in a date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateWord {
    Month(Month),
    Weekday,
    /// `am` is false, `pm` is true.
    Afternoon(bool),
    /// `ad` is false, `bc` is true.
    BeforeChrist(bool),
    Epoch,
    Infinity,
    /// `now`, `today` and the like.
    Moving,
    /// `allballs`: midnight in UTC.
    AllBalls,
    /// Before a number: what the number is.
    Label(Label),
    /// `t`: a time follows.
    TimeFollows,
    /// `dst`: the zone before it is in summer.
    Summer,
    /// `at`, `on`.
    Filler,
}

/// What the number after a letter is, as in `y2001m02d04`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
    Julian,
    Time,
}

/// Finds a word of a date, lower case.
pub(super) fn date_word(word: &str) -> Option<DateWord> {
    let word = word.get(..LENGTH).unwrap_or(word);
    let month = MONTHS.iter().position(|month| *month == word || month[..3] == *word);
    if let Some(index) = month {
        return i64::try_from(index + 1).ok().map(DateWord::Month);
    }
    Some(match word {
        "sept" => DateWord::Month(9),
        "sun" | "sunday" | "mon" | "monday" | "tue" | "tues" | "tuesday" | "wed" | "weds"
        | "wednesday" | "thu" | "thur" | "thurs" | "thursday" | "fri" | "friday" | "sat"
        | "saturday" => DateWord::Weekday,
        "am" => DateWord::Afternoon(false),
        "pm" => DateWord::Afternoon(true),
        "ad" => DateWord::BeforeChrist(false),
        "bc" => DateWord::BeforeChrist(true),
        "epoch" => DateWord::Epoch,
        "infinity" | "-infinity" => DateWord::Infinity,
        "now" | "today" | "tomorrow" | "yesterday" => DateWord::Moving,
        "allballs" => DateWord::AllBalls,
        "y" => DateWord::Label(Label::Year),
        "m" => DateWord::Label(Label::Month),
        "d" => DateWord::Label(Label::Day),
        "h" => DateWord::Label(Label::Hour),
        "mm" => DateWord::Label(Label::Minute),
        "s" => DateWord::Label(Label::Second),
        "j" | "jd" | "julian" => DateWord::Label(Label::Julian),
        "t" => DateWord::TimeFollows,
        "dst" => DateWord::Summer,
        "at" | "on" => DateWord::Filler,
        _ => return None,
    })
}

/// A unit of intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Microsecond,
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Millennium,
}

/// What a word in an interval means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IntervalWord {
    Unit(Unit),
    Ago,
    Filler,
}

/// Finds a word of an interval, lower case.
pub(super) fn interval_word(word: &str) -> Option<IntervalWord> {
    let unit = match word.get(..LENGTH).unwrap_or(word) {
        "us" | "usec" | "usecs" | "usecond" | "useconds" | "microsecon" => Unit::Microsecond,
        "ms" | "msec" | "msecs" | "msecond" | "mseconds" | "millisecon" => Unit::Millisecond,
        "s" | "sec" | "secs" | "second" | "seconds" => Unit::Second,
        "m" | "min" | "mins" | "minute" | "minutes" => Unit::Minute,
        "h" | "hr" | "hrs" | "hour" | "hours" => Unit::Hour,
        "d" | "day" | "days" => Unit::Day,
        "w" | "week" | "weeks" => Unit::Week,
        "mon" | "mons" | "month" | "months" => Unit::Month,
        "y" | "yr" | "yrs" | "year" | "years" => Unit::Year,
        "dec" | "decs" | "decade" | "decades" => Unit::Decade,
        "c" | "cent" | "century" | "centuries" => Unit::Century,
        "mil" | "mils" | "millennium" | "millennia" => Unit::Millennium,
        "ago" => return Some(IntervalWord::Ago),
        "at" | "on" => return Some(IntervalWord::Filler),
        _ => return None,
    };
    Some(IntervalWord::Unit(unit))
}
