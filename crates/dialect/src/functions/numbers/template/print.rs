//! Prints numbers by a template, place by place.

use super::pattern::{Case, Form, Pattern, SignPlace, Template};
use super::roman;
use super::value::Printable;
use census_error::{Error, SqlState};

/// Prints a number.
///
/// # Errors
/// 22003 and 0A000 for a number of which there is no numeral or no shifted bigint, 22P02 for an ordinal of no number.
pub(in crate::functions) fn print(template: &Template, value: Printable) -> Result<String, Error> {
    if template.form.is_scientific {
        return Ok(value.scientific(&template.form));
    }
    let mut printer = if template.form.is_roman {
        Printer::of_numeral(&template.form, value.roman()?)
    } else {
        Printer::of_digits(template.form.clone(), value)?
    };
    for pattern in &template.patterns {
        printer.print(*pattern)?;
    }
    Ok(printer.out)
}

/// Prints one number. What is a place is a pattern for a digit or for the point.
struct Printer {
    form: Form,
    /// Digits and the point, or a numeral.
    number: Vec<u8>,
    /// `None` of a numeral, which has no sign.
    is_negative: Option<bool>,
    /// How many places before the first digit are blank.
    blanks: usize,
    /// Where the next digit stands in the number.
    next: usize,
    /// How many places have been printed.
    place: usize,
    /// After how many places the last one is printed, without the point.
    last_place: usize,
    /// Where the last digit stands that `FM` does not leave out.
    last_relevant: Option<usize>,
    sign_is_written: bool,
    /// Whether the last place printed a digit.
    has_digit: bool,
    out: String,
    /// Whether there were more places than digits, after which PostgreSQL prints nothing at all.
    is_cut: bool,
}

impl Printer {
    fn of_numeral(form: &Form, numeral: String) -> Self {
        let form = Form { fills: form.fills, is_roman: true, ..Form::default() };
        Self::new(form, numeral, None, 0)
    }

    fn of_digits(mut form: Form, value: Printable) -> Result<Self, Error> {
        let digits = value.digits(&mut form)?;
        let mut sign_is_written = form.has_minus;
        if !form.has_plus && !form.has_minus {
            sign_is_written = !digits.is_negative && form.fills && form.sign.is_none();
            form.has_brackets &= digits.is_negative || !form.fills;
            if form.sign == Some(SignPlace::Before) && form.before == form.before_sign {
                form.sign = Some(SignPlace::After);
            }
        }
        let mut printer = Self::new(form, digits.text, Some(digits.is_negative), digits.blanks);
        printer.sign_is_written = sign_is_written;
        printer.last_place = printer.form.before + printer.form.after;
        if sign_is_written || printer.blanks > 0 {
            printer.last_place = printer.last_place.wrapping_sub(1);
        }
        printer.last_relevant = printer.find_last_relevant();
        Ok(printer)
    }

    fn new(form: Form, number: String, is_negative: Option<bool>, blanks: usize) -> Self {
        Self {
            form,
            number: number.into_bytes(),
            is_negative,
            blanks,
            next: 0,
            place: 0,
            last_place: 0,
            last_relevant: None,
            sign_is_written: true,
            has_digit: false,
            out: String::new(),
            is_cut: false,
        }
    }

    /// Returns where the last digit after the point stands that is not zero, or for which there is a `0`; else the point.
    fn find_last_relevant(&self) -> Option<usize> {
        if !self.form.fills || !self.form.has_point {
            return None;
        }
        let point = self.number.iter().position(|byte| *byte == b'.')?;
        let last = self.number.iter().rposition(|byte| *byte != b'0').unwrap_or(point).max(point);
        match self.form.last_zero.checked_sub(self.blanks) {
            Some(zero @ 1..) => Some(last.max(zero.min(self.number.len() - 1))),
            _ => Some(last),
        }
    }

    fn print(&mut self, pattern: Pattern) -> Result<(), Error> {
        let fills = self.form.fills;
        match pattern {
            Pattern::Nine | Pattern::Zero | Pattern::Point => self.print_place(pattern),
            Pattern::Group if self.has_digit => self.push(','),
            Pattern::Group => self.push_blank(),
            Pattern::Roman(case) => self.print_numeral(case),
            Pattern::Ordinal(case) => self.print_ordinal(case)?,
            Pattern::Minus if self.is_negative == Some(true) => self.push('-'),
            Pattern::Plus if self.is_negative == Some(false) => self.push('+'),
            Pattern::Minus | Pattern::Plus if fills => {}
            Pattern::Currency | Pattern::Minus | Pattern::Plus => self.push(' '),
            Pattern::Sign => match self.is_negative {
                Some(is_negative) => self.push(if is_negative { '-' } else { '+' }),
                None => self.is_cut = true,
            },
            Pattern::Silent => {}
            Pattern::Character(character) => self.push(character),
        }
        Ok(())
    }

    fn push(&mut self, character: char) {
        if !self.is_cut {
            self.out.push(character);
        }
    }

    /// Prints a blank that `FM` leaves out.
    fn push_blank(&mut self) {
        if !self.form.fills {
            self.push(' ');
        }
    }

    fn print_numeral(&mut self, case: Case) {
        let numeral = String::from_utf8_lossy(&self.number).into_owned();
        let numeral = if case == Case::Lower { numeral.to_lowercase() } else { numeral };
        let width = if self.form.fills { 0 } else { roman::WIDTH };
        for character in format!("{numeral:>width$}").chars() {
            self.push(character);
        }
    }

    fn print_ordinal(&mut self, case: Case) -> Result<(), Error> {
        let is_left_out = self.form.is_roman
            || self.number.first() == Some(&b'#')
            || self.is_negative == Some(true)
            || self.form.has_point;
        if is_left_out {
            return Ok(());
        }
        let mut digits = self.number.iter().rev().copied();
        let (last, before) = (digits.next(), digits.next());
        if !last.is_some_and(|last| last.is_ascii_digit()) {
            let message = format!("\"{}\" is not a number", String::from_utf8_lossy(&self.number));
            return Err(Error::new(SqlState::InvalidTextRepresentation, message));
        }
        let ending = match (before, last) {
            (Some(b'1'), _) => "th",
            (_, Some(b'1')) => "st",
            (_, Some(b'2')) => "nd",
            (_, Some(b'3')) => "rd",
            _ => "th",
        };
        for character in ending.chars() {
            self.push(if case == Case::Upper { character.to_ascii_uppercase() } else { character });
        }
        Ok(())
    }

    fn print_place(&mut self, pattern: Pattern) {
        if self.form.is_roman {
            return;
        }
        self.has_digit = false;
        let is_before_digits = self.place < self.blanks;
        let is_zero_place = self.form.first_zero.is_some_and(|first| first <= self.place);
        let starts_here = !is_before_digits || self.form.first_zero == Some(self.place);
        if !self.sign_is_written && starts_here && (!self.leaves_zero_out() || self.ends_at_point())
        {
            self.print_sign();
        }
        if is_before_digits && is_zero_place {
            self.push('0');
            self.has_digit = true;
        } else if is_before_digits {
            self.push_blank();
        } else {
            self.print_next(pattern);
            if self.next < self.number.len() {
                self.next += 1;
            }
        }
        self.print_last_sign();
        self.place += 1;
    }

    /// Prints the next digit, or the point.
    fn print_next(&mut self, pattern: Pattern) {
        let next = self.number.get(self.next).copied();
        let is_irrelevant = self.last_relevant.is_some_and(|last| self.next > last);
        if next == Some(b'.') {
            self.push('.');
        } else if is_irrelevant && pattern != Pattern::Zero {
        } else if self.leaves_zero_out() {
            if self.form.fills && self.ends_at_point() {
                self.push('0');
            } else {
                self.push_blank();
            }
        } else if let Some(digit) = next {
            self.push(char::from(digit));
            self.has_digit = true;
        } else {
            self.is_cut = true;
            self.has_digit = true;
        }
    }

    /// Tells whether the next digit is the only one before the point and a zero, which `9` does not print.
    fn leaves_zero_out(&self) -> bool {
        !self.form.has_zero()
            && self.next == 0
            && self.number.first() == Some(&b'0')
            && self.form.after > 0
    }

    /// Tells whether `FM` leaves out all digits after the point.
    fn ends_at_point(&self) -> bool {
        self.last_relevant.is_some_and(|last| self.number.get(last) == Some(&b'.'))
    }

    fn print_sign(&mut self) {
        let is_negative = self.is_negative == Some(true);
        let sign = if is_negative { '-' } else { '+' };
        match self.form.sign {
            Some(SignPlace::Before) => self.push(sign),
            Some(SignPlace::After) => return,
            None if self.form.has_brackets => self.push(if is_negative { '<' } else { ' ' }),
            None if is_negative => self.push('-'),
            None => self.push_blank(),
        }
        self.sign_is_written = true;
    }

    /// Prints the sign that follows the last place.
    fn print_last_sign(&mut self) {
        let blank = usize::from(self.blanks > 0);
        let point = usize::from(self.form.has_point);
        let end = self.last_place.wrapping_add(blank + point);
        let is_last = self.last_relevant != Some(self.next) && self.place + 1 == end;
        let is_negative = self.is_negative == Some(true);
        if !is_last {
            return;
        }
        if self.sign_is_written && self.form.has_brackets {
            self.push(if is_negative { '>' } else { ' ' });
        } else if self.form.sign == Some(SignPlace::After) {
            self.push(if is_negative { '-' } else { '+' });
        }
    }
}
