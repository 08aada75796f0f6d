//! Reads timestamps, dates and times of day in every form that PostgreSQL reads (DateStyle ISO, MDY).

use super::civil::{Civil, MICROSECONDS_A_DAY, MINIMUM_TIMESTAMP, days_in_month, days_of_date};
use super::fault::{Fault, TimeFault};
use super::fields::{self, Field, Kind};
use super::numbers;
use super::seen::Seen;
use super::words::{DateWord, Label, date_word};
use super::zone::Zone;

/// The last day of PostgreSQL's dates, 5874897-12-31, in days since 1970.
const MAXIMUM_DATE: i64 = 2_145_042_905;

/// Reads a timestamp as microseconds since 1970 in UTC; an offset or zone in the text is applied.
///
/// # Errors
/// 22007 for what is no timestamp, 22008 for one that does not exist.
pub fn read_timestamp(text: &str) -> Result<i64, TimeFault> {
    let of = |fault: Fault| fault.of("timestamp", "timestamp", text);
    let out_of_range =
        || TimeFault::TextOutOfRange { type_name: "timestamp", text: text.to_owned() };
    let decoder = Decoder::read(text).map_err(of)?;
    if decoder.is_epoch {
        return Ok(0);
    }
    let civil = decoder.civil().map_err(of)?;
    let local = civil.to_timestamp().ok_or_else(out_of_range)?;
    let moment = decoder.zone.map_or(Some(local), |zone| zone.to_utc(local));
    moment.filter(|moment| *moment >= MINIMUM_TIMESTAMP).ok_or_else(out_of_range)
}

/// Reads a date as days since 1970; a time in the text is checked and left out.
///
/// # Errors
/// As [`read_timestamp`].
pub fn read_date(text: &str) -> Result<i32, TimeFault> {
    let of = |fault: Fault| fault.of("date", "date", text);
    let decoder = Decoder::read(text).map_err(of)?;
    if decoder.is_epoch {
        return Ok(0);
    }
    let days = decoder.civil().map_err(of)?.days();
    let is_held = (MINIMUM_TIMESTAMP / MICROSECONDS_A_DAY..=MAXIMUM_DATE).contains(&days);
    i32::try_from(days)
        .ok()
        .filter(|_| is_held)
        .ok_or_else(|| TimeFault::TextOutOfRange { type_name: "date", text: text.to_owned() })
}

/// Reads a time of day as microseconds since midnight; a date or offset in the text is left out.
///
/// # Errors
/// As [`read_timestamp`].
pub fn read_time(text: &str) -> Result<i64, TimeFault> {
    let of = |fault: Fault| fault.of("time", "time", text);
    let mut decoder = Decoder::decode(text, true).map_err(of)?;
    decoder.apply_afternoon().map_err(of)?;
    if decoder.seen.has(Seen::ANY_DATE) {
        decoder.civil().map_err(of)?;
    }
    if !decoder.seen.has_all(Seen::TIME) {
        return Err(of(Fault::Syntax));
    }
    Ok(decoder.time.time())
}

/// What has been read of a text so far.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
struct Decoder {
    seen: Seen,
    /// The fields as they were written; the year is still that of its era.
    time: Civil,
    day_of_year: i64,
    zone: Option<Zone>,
    is_epoch: bool,
    has_month_name: bool,
    has_short_year: bool,
    has_julian_day: bool,
    is_before_christ: bool,
    afternoon: Option<bool>,
    /// What the next number is.
    label: Option<Label>,
}

impl Decoder {
    /// Reads a text that must name a day.
    fn read(text: &str) -> Result<Self, Fault> {
        let mut decoder = Self::decode(text, false)?;
        if !decoder.is_epoch {
            decoder.apply_afternoon()?;
            if !decoder.seen.has_all(Seen::DATE) {
                return Err(Fault::Syntax);
            }
        }
        Ok(decoder)
    }

    fn decode(text: &str, is_time: bool) -> Result<Self, Fault> {
        let fields = fields::split(text)?;
        let nothing =
            Civil { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0, microsecond: 0 };
        let mut decoder = Self {
            seen: Seen::NOTHING,
            time: nothing,
            day_of_year: 0,
            zone: None,
            is_epoch: false,
            has_month_name: false,
            has_short_year: false,
            has_julian_day: false,
            is_before_christ: false,
            afternoon: None,
            label: None,
        };
        for (index, field) in fields.iter().enumerate() {
            let read = match field.kind {
                Kind::Date => decoder.date_or_zone(field)?,
                Kind::Time => decoder.time_of_day(&field.text)?,
                Kind::Zone => {
                    decoder.zone = Some(Zone::offset(&field.text)?);
                    Seen::ZONE
                }
                Kind::Number => decoder.number(&field.text, is_time)?,
                Kind::Word | Kind::Signed => decoder.word(field, fields.get(index + 1), is_time)?,
            };
            decoder.seen = decoder.seen.and(read).ok_or(Fault::Syntax)?;
        }
        Ok(decoder)
    }

    /// Reads `2025-01-02`, `Jan-02-2025`, or after a date `Europe/Berlin` or `100000-05`.
    fn date_or_zone(&mut self, field: &Field) -> Result<Seen, Fault> {
        let has_day = self.seen.has_all(Seen::MONTH.or(Seen::DAY));
        let label = self.label.take();
        if !has_day && label.is_none() {
            return self.date(&field.text);
        }
        if label.is_none() && !field.text.starts_with(|first: char| first.is_ascii_digit()) {
            let zone = Zone::written(&field.written);
            self.zone = Some(zone.ok_or_else(|| Fault::UnknownZone(field.written.clone()))?);
            return Ok(Seen::ZONE);
        }
        if label.is_some_and(|label| label != Label::Time) || self.seen.has_all(Seen::TIME) {
            return Err(Fault::Syntax);
        }
        let minus = field.text.find('-').ok_or(Fault::Syntax)?;
        let (digits, offset) = field.text.split_at(minus);
        self.zone = Some(Zone::offset(offset)?);
        let read = self.run_together(digits, true)?;
        read.and(Seen::ZONE).ok_or(Fault::Syntax)
    }

    fn date(&mut self, text: &str) -> Result<Seen, Fault> {
        let mut read = Seen::NOTHING;
        let mut numbers = Vec::new();
        let mut parts = Vec::new();
        for part in text.split(|character: char| !character.is_ascii_alphanumeric()) {
            // Digits and letters may follow each other without anything between them.
            let mut rest = part;
            while let Some(first) = rest.bytes().next() {
                let is_digit = first.is_ascii_digit();
                let end = rest.bytes().position(|byte| byte.is_ascii_digit() != is_digit);
                let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
                parts.push(piece);
                rest = after;
            }
        }
        for part in parts {
            if part.starts_with(|first: char| first.is_ascii_digit()) {
                numbers.push(part);
                continue;
            }
            match date_word(part) {
                Some(DateWord::Filler) => {}
                Some(DateWord::Month(month)) => {
                    read = read.and(Seen::MONTH).ok_or(Fault::Syntax)?;
                    self.time.month = month;
                    self.has_month_name = true;
                }
                _ => return Err(Fault::Syntax),
            }
        }
        for digits in numbers {
            let before = self.seen.or(read);
            let now = self.number_of_date(digits, before)?;
            before.and(now).ok_or(Fault::Syntax)?;
            read = read.or(now);
        }
        let all = self.seen.or(read).without(Seen::DAY_OF_YEAR.or(Seen::ZONE));
        if all == Seen::DATE { Ok(read) } else { Err(Fault::Syntax) }
    }

    /// Reads `10:00`, `10:00:00.5`, or `10:00.5`, which are minutes and seconds.
    fn time_of_day(&mut self, text: &str) -> Result<Seen, Fault> {
        if self.label.take().is_some_and(|label| label != Label::Time) {
            return Err(Fault::Syntax);
        }
        let time = numbers::clock(text, false)?;
        let is_held = time.hours <= 24 && time.microseconds() <= i128::from(MICROSECONDS_A_DAY);
        if !is_held {
            return Err(Fault::Field);
        }
        (self.time.hour, self.time.minute) = (time.hours, time.minutes);
        (self.time.second, self.time.microsecond) = (time.seconds, time.fraction);
        Ok(Seen::TIME)
    }

    fn number(&mut self, text: &str, is_time: bool) -> Result<Seen, Fault> {
        if let Some(label) = self.label.take() {
            return self.labelled(label, text);
        }
        let whole = text.find('.').unwrap_or(text.len());
        let has_fraction = whole < text.len();
        if is_time && !self.seen.has(Seen::ANY_DATE) && (has_fraction || whole == 4 || whole == 6) {
            return self.run_together(text, true);
        }
        if has_fraction && !self.seen.has(Seen::ANY_DATE) {
            return self.date(text);
        }
        if has_fraction && whole > 2 {
            return self.run_together(text, false);
        }
        let is_complete = self.seen.has(Seen::ANY_DATE) && self.seen.has(Seen::TIME);
        if text.len() >= 6 && !is_complete {
            return self.run_together(text, false);
        }
        self.number_of_date(text, self.seen)
    }

    /// Reads one number of a date; what it is follows from what is there before it.
    fn number_of_date(&mut self, text: &str, before: Seen) -> Result<Seen, Fault> {
        let whole = text.find('.').unwrap_or(text.len());
        if whole < text.len() {
            // Two digits and a fraction are neither a date nor a time.
            return if whole > 2 { self.run_together(text, true) } else { Err(Fault::Syntax) };
        }
        let value = numbers::integer(text)?;
        let date = before.only(Seen::DATE);
        if text.len() == 3 && date == Seen::YEAR && (1..=366).contains(&value) {
            self.day_of_year = value;
            return Ok(Seen::DAY_OF_YEAR.or(Seen::MONTH).or(Seen::DAY));
        }
        let is_long = text.len() >= 3;
        let is_year = match date {
            Seen::NOTHING => is_long,
            Seen::MONTH => self.has_month_name && is_long,
            _ => date == Seen::MONTH.or(Seen::DAY),
        };
        if is_year {
            self.time.year = value;
            self.has_short_year = text.len() <= 2;
            return Ok(Seen::YEAR);
        }
        if date == Seen::NOTHING || date == Seen::YEAR || date == Seen::DAY {
            self.time.month = value;
            return Ok(Seen::MONTH);
        }
        if date == Seen::DATE {
            return self.run_together(text, false);
        }
        if date == Seen::YEAR.or(Seen::MONTH)
            && self.has_month_name
            && is_long
            && self.has_short_year
        {
            // What was taken for the year was the day.
            self.time.day = self.time.year;
            self.time.year = value;
            self.has_short_year = false;
            return Ok(Seen::DAY);
        }
        self.time.day = value;
        Ok(Seen::DAY)
    }

    /// Reads `20250102`, `030405.5` or `0304`.
    fn run_together(&mut self, text: &str, is_time: bool) -> Result<Seen, Fault> {
        let (digits, fraction) = match text.split_once('.') {
            Some((digits, _)) => (digits, Some(numbers::fraction(&text[digits.len()..])?)),
            None => (text, None),
        };
        let at =
            |from: usize, to: usize| numbers::integer(digits.get(from..to).unwrap_or_default());
        let length = digits.len();
        if fraction.is_none() && !is_time && !self.seen.has_all(Seen::DATE) && length >= 6 {
            self.time.day = at(length - 2, length)?;
            self.time.month = at(length - 4, length - 2)?;
            self.time.year = at(0, length - 4)?;
            self.has_short_year = length == 6;
            return Ok(Seen::DATE);
        }
        if self.seen.has_all(Seen::TIME) || !matches!(length, 4 | 6) {
            return Err(Fault::Syntax);
        }
        (self.time.hour, self.time.minute) = (at(0, 2)?, at(2, 4)?);
        self.time.second = if length == 6 { at(4, 6)? } else { 0 };
        self.time.microsecond = fraction.unwrap_or(0);
        Ok(Seen::TIME)
    }

    /// Reads the number after a letter that says what it is.
    fn labelled(&mut self, label: Label, text: &str) -> Result<Seen, Fault> {
        let (digits, fraction) = match text.split_once('.') {
            Some((digits, _)) => (digits, Some(&text[digits.len()..])),
            None => (text, None),
        };
        if label == Label::Time {
            return self.run_together(text, true);
        }
        let value = numbers::integer(digits)?;
        if fraction.is_some() && !matches!(label, Label::Second | Label::Julian) {
            return Err(Fault::Syntax);
        }
        let is_minute =
            label == Label::Month && self.seen.has_all(Seen::MONTH) && self.seen.has(Seen::HOUR);
        match label {
            Label::Year => self.time.year = value,
            Label::Month if is_minute => self.time.minute = value,
            Label::Month => self.time.month = value,
            Label::Day => self.time.day = value,
            Label::Hour => self.time.hour = value,
            Label::Minute => self.time.minute = value,
            Label::Second => {
                self.time.second = value;
                self.time.microsecond = fraction.map_or(Ok(0), numbers::fraction)?;
            }
            Label::Julian => return self.julian_day(value, fraction),
            Label::Time => {}
        }
        Ok(match label {
            Label::Year => Seen::YEAR,
            Label::Month if is_minute => Seen::MINUTE,
            Label::Month => Seen::MONTH,
            Label::Day => Seen::DAY,
            Label::Hour => Seen::HOUR,
            Label::Minute => Seen::MINUTE,
            _ => Seen::SECOND,
        })
    }

    fn julian_day(&mut self, day: i64, fraction: Option<&str>) -> Result<Seen, Fault> {
        let days = day - super::civil::julian_day(0);
        // A whole day is added below, so that every day of the type fits.
        let midnight = days.checked_mul(MICROSECONDS_A_DAY).ok_or(Fault::Field)?;
        let time = match fraction {
            Some(fraction) => numbers::scaled_fraction(fraction, MICROSECONDS_A_DAY)?,
            None => 0,
        };
        self.time = Civil::of_timestamp(midnight.checked_add(time).ok_or(Fault::Field)?);
        self.has_julian_day = true;
        Ok(if fraction.is_some() { Seen::DATE.or(Seen::TIME) } else { Seen::DATE })
    }

    fn word(&mut self, field: &Field, next: Option<&Field>, is_time: bool) -> Result<Seen, Fault> {
        if field.kind == Kind::Word
            && let Some(zone) = Zone::abbreviated(&field.text)
        {
            self.zone = Some(zone);
            return Ok(Seen::ZONE);
        }
        match date_word(&field.text) {
            Some(DateWord::Filler) => Ok(Seen::NOTHING),
            Some(DateWord::Month(month)) => Ok(self.month_name(month)),
            Some(DateWord::Weekday) => Ok(Seen::WEEKDAY),
            Some(DateWord::Afternoon(afternoon)) => {
                self.afternoon = Some(afternoon);
                Ok(Seen::MERIDIAN)
            }
            Some(DateWord::BeforeChrist(is_before)) => {
                self.is_before_christ = is_before;
                Ok(Seen::ERA)
            }
            Some(DateWord::Epoch) if !is_time => {
                self.is_epoch = true;
                Ok(Seen::RESERVED)
            }
            Some(DateWord::Infinity) if !is_time => Err(Fault::Infinite),
            Some(DateWord::Moving) => Err(Fault::Moving),
            Some(DateWord::AllBalls) => {
                self.zone = Some(Zone::Fixed(0));
                Ok(Seen::TIME.or(Seen::ZONE))
            }
            Some(DateWord::Label(label)) => {
                self.label = Some(label);
                Ok(Seen::NOTHING)
            }
            Some(DateWord::TimeFollows) => {
                let is_followed = next.is_some_and(|next| {
                    matches!(next.kind, Kind::Number | Kind::Time | Kind::Date)
                });
                if !is_followed || !(is_time || self.seen.has_all(Seen::DATE)) {
                    return Err(Fault::Syntax);
                }
                self.label = Some(Label::Time);
                Ok(Seen::NOTHING)
            }
            Some(DateWord::Summer) => self.summer(),
            _ => {
                self.zone = Some(Zone::written(&field.written).ok_or(Fault::Syntax)?);
                Ok(Seen::ZONE)
            }
        }
    }

    /// Takes the name of a month; a number before it that was taken for the month was the day.
    fn month_name(&mut self, month: i64) -> Seen {
        let is_swapped = self.seen.has(Seen::MONTH)
            && !self.has_month_name
            && !self.seen.has(Seen::DAY)
            && (1..=31).contains(&self.time.month);
        if is_swapped {
            self.time.day = self.time.month;
        }
        self.has_month_name = true;
        self.time.month = month;
        if is_swapped { Seen::DAY } else { Seen::MONTH }
    }

    fn summer(&mut self) -> Result<Seen, Fault> {
        match self.zone {
            Some(Zone::Fixed(seconds)) => {
                self.zone = Some(Zone::Fixed(seconds + 3_600));
                Ok(Seen::SUMMER)
            }
            _ => Err(Fault::Syntax),
        }
    }

    fn apply_afternoon(&mut self) -> Result<(), Fault> {
        if let Some(is_afternoon) = self.afternoon {
            if self.time.hour > 12 {
                return Err(Fault::Field);
            }
            self.time.hour = self.time.hour % 12 + if is_afternoon { 12 } else { 0 };
        }
        Ok(())
    }

    /// Checks the date and returns all fields; the hour may be 24.
    fn civil(&self) -> Result<Civil, Fault> {
        let mut civil = self.time;
        if self.has_julian_day {
            return Ok(civil);
        }
        if self.seen.has(Seen::YEAR) {
            if self.is_before_christ {
                if civil.year <= 0 {
                    return Err(Fault::Field);
                }
                civil.year = 1 - civil.year;
            } else if self.has_short_year {
                civil.year += if civil.year < 70 { 2_000 } else { 1_900 };
            } else if civil.year <= 0 {
                return Err(Fault::Field);
            }
        }
        if self.seen.has(Seen::DAY_OF_YEAR) {
            let days = days_of_date(civil.year, 1, self.day_of_year);
            let date = days.checked_mul(MICROSECONDS_A_DAY).map(Civil::of_timestamp);
            let date = date.ok_or(Fault::Field)?;
            (civil.year, civil.month, civil.day) = (date.year, date.month, date.day);
        }
        if !(1..=12).contains(&civil.month) || !(1..=31).contains(&civil.day) {
            return Err(Fault::Order);
        }
        if civil.day > days_in_month(civil.year, civil.month) {
            return Err(Fault::Field);
        }
        Ok(civil)
    }
}
