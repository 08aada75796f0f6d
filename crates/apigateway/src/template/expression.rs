//! Reads expressions: what stands in `#set`, `#if`, arguments and indexes.

use super::cursor::Cursor;
use super::parser::Parser;
use super::syntax::{Expression, Operator, Parsing};
use crate::TemplateFault;
use std::rc::Rc;

/// Binary operators by precedence, loosest first; longer texts before their prefixes.
const LEVELS: &[&[(&str, Operator)]] = &[
    &[("||", Operator::Or), ("or", Operator::Or)],
    &[("&&", Operator::And), ("and", Operator::And)],
    &[
        ("==", Operator::Equal),
        ("eq", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("ne", Operator::NotEqual),
    ],
    &[
        ("<=", Operator::LessOrEqual),
        ("le", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("ge", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        ("lt", Operator::Less),
        (">", Operator::Greater),
        ("gt", Operator::Greater),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide), ("%", Operator::Remainder)],
];

/// What operators begin with.
const FIRST_BYTES: &[u8] = b"|&=!<>+-*/%oaenlg";

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parsing<Expression> {
        self.cursor.deeper()?;
        let expression = self.level(0)?;
        self.cursor.depth -= 1;
        Ok(expression)
    }

    fn level(&mut self, level: usize) -> Parsing<Expression> {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.level(level + 1)?;
        let mut count = 0;
        loop {
            self.cursor.white_space();
            let Some(operator) = self.operator(operators) else { break };
            let right = self.level(level + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
            // A long chain is a deep tree.
            count += 1;
            self.cursor.deeper()?;
        }
        self.cursor.depth -= count;
        Ok(left)
    }

    fn operator(&mut self, operators: &[(&'static str, Operator)]) -> Option<Operator> {
        let rest = self.cursor.rest();
        // Most expressions end here: every level of operators would look for all of its own.
        if !rest.bytes().next().is_some_and(|byte| FIRST_BYTES.contains(&byte)) {
            return None;
        }
        let (text, operator) = operators.iter().find(|(text, _)| {
            let is_word = text.starts_with(|c: char| c.is_ascii_alphabetic());
            rest.strip_prefix(*text).is_some_and(|after| {
                !is_word || !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            })
        })?;
        self.cursor.at += text.len();
        Some(*operator)
    }

    fn unary(&mut self) -> Parsing<Expression> {
        self.cursor.white_space();
        let is_not =
            self.cursor.take("!") || self.operator(&[("not", Operator::NotEqual)]).is_some();
        if !is_not {
            return self.primary();
        }
        self.cursor.deeper()?;
        let inner = self.unary()?;
        self.cursor.depth -= 1;
        Ok(Expression::Not(Box::new(inner)))
    }

    fn primary(&mut self) -> Parsing<Expression> {
        match self.cursor.peek() {
            Some('$') => match self.reference()? {
                Some(reference) => Ok(Expression::Reference(reference)),
                None => self.cursor.unexpected("a reference"),
            },
            Some('(') => {
                self.cursor.at += 1;
                let inner = self.expression()?;
                self.cursor.white_space();
                self.cursor.expect(")", "\")\"")?;
                Ok(inner)
            }
            Some('[') => self.list(),
            Some('{') => self.map(),
            Some(quote @ ('\'' | '"')) => self.string(quote),
            Some(c) if c.is_ascii_digit() || c == '-' || c == '.' => self.number(),
            _ => self.word(),
        }
    }

    /// `true`, `false`, and `null`, which Apache's Velocity does not have.
    fn word(&mut self) -> Parsing<Expression> {
        let start = self.cursor.at;
        match self.cursor.identifier() {
            Some("true") => Ok(Expression::Bool(true)),
            Some("false") => Ok(Expression::Bool(false)),
            Some("null") => Ok(Expression::Null),
            _ => {
                self.cursor.at = start;
                self.cursor.unexpected("an expression")
            }
        }
    }

    fn number(&mut self) -> Parsing<Expression> {
        let rest = self.cursor.rest();
        let digits = |from: usize| {
            from + rest[from..].len()
                - rest[from..].trim_start_matches(|c: char| c.is_ascii_digit()).len()
        };
        let mut end = digits(usize::from(rest.starts_with('-')));
        // Two dots are a range: `[1..5]`.
        let after = rest[end..].strip_prefix('.');
        let is_decimal = after.is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
        if is_decimal {
            end = digits(end + 1);
        }
        if is_decimal && rest[end..].starts_with(['e', 'E']) {
            let exponent = end + 1 + usize::from(rest[end + 1..].starts_with(['-', '+']));
            if digits(exponent) > exponent {
                end = digits(exponent);
            }
        }
        let text = &rest[..end];
        let number = if is_decimal {
            text.parse().ok().map(Expression::Decimal)
        } else {
            text.parse().ok().map(Expression::Integer)
        };
        match number {
            Some(number) => {
                self.cursor.at += end;
                Ok(number)
            }
            None => self.cursor.unexpected("a number"),
        }
    }

    fn list(&mut self) -> Parsing<Expression> {
        self.cursor.at += 1;
        self.cursor.white_space();
        if self.cursor.take("]") {
            return Ok(Expression::List(Vec::new()));
        }
        let first = self.expression()?;
        self.cursor.white_space();
        if self.cursor.take("..") {
            let last = self.expression()?;
            self.cursor.white_space();
            self.cursor.expect("]", "\"]\"")?;
            return Ok(Expression::Range(Box::new(first), Box::new(last)));
        }
        let mut list = vec![first];
        if !self.cursor.take("]") {
            self.cursor.expect(",", "\",\" or \"]\"")?;
            list.extend(self.expressions("]", "\",\" or \"]\"")?);
        }
        Ok(Expression::List(list))
    }

    fn map(&mut self) -> Parsing<Expression> {
        self.cursor.at += 1;
        let mut entries = Vec::new();
        self.cursor.white_space();
        if self.cursor.take("}") {
            return Ok(Expression::Map(entries));
        }
        loop {
            let key = self.expression()?;
            self.cursor.white_space();
            self.cursor.expect(":", "\":\"")?;
            entries.push((key, self.expression()?));
            self.cursor.white_space();
            if self.cursor.take("}") {
                return Ok(Expression::Map(entries));
            }
            self.cursor.expect(",", "\",\" or \"}\"")?;
        }
    }

    /// A string: doubled quotes are one, backslashes stay, double quotes interpolate (all recorded).
    fn string(&mut self, quote: char) -> Parsing<Expression> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.cursor.rest();
            let Some(length) = rest.find(quote) else {
                self.cursor.at = start;
                return self.cursor.fault(TemplateFault::UnterminatedString);
            };
            text.push_str(&rest[..length]);
            self.cursor.at += length + 1;
            if self.cursor.peek() != Some(quote) {
                break;
            }
            text.push(quote);
            self.cursor.at += 1;
        }
        if quote == '\'' || !text.contains(['$', '#']) {
            return Ok(Expression::Text(Rc::from(text)));
        }
        let origin = self.cursor.place(start).max(1);
        let cursor = Cursor { text: &text, at: 0, origin, depth: self.cursor.depth };
        let nodes = Parser { cursor, is_string: true }.template()?;
        Ok(Expression::Interpolated(nodes))
    }
}
