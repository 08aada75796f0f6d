//! Filters of JSON paths: `[?(@.name == 'value' && @.count > 1)]`.

use super::json_path::{JsonPath, PathScanner, write_quoted};
use super::path_lookup::Found;
use crate::{GrammarError, GrammarFault};
use serde_json::Value;
use std::cmp::Ordering;
use std::fmt;

/// Alternatives (`||`) of conjunctions (`&&`) of comparisons.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The alternatives; one that holds is enough.
    pub alternatives: Vec<Vec<Comparison>>,
}

/// One comparison of a filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The path from the element, written `@...`.
    pub path: JsonPath,
    /// Operator and constant; without them the path must only find something.
    pub with: Option<(Operator, Value)>,
}

/// The comparison operators of filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Longer ones first, so that `<=` is not read as `<`.
const OPERATORS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl Operator {
    fn as_str(self) -> &'static str {
        OPERATORS.iter().find(|(_, operator)| *operator == self).map_or("", |(text, _)| text)
    }

    fn holds(self, order: Option<Ordering>) -> bool {
        match self {
            Self::Equal => order == Some(Ordering::Equal),
            Self::NotEqual => order != Some(Ordering::Equal),
            Self::Less => order == Some(Ordering::Less),
            Self::LessOrEqual => order.is_some_and(Ordering::is_le),
            Self::Greater => order == Some(Ordering::Greater),
            Self::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}

impl PathScanner<'_> {
    /// What follows `[?`, up to and without the closing bracket.
    pub(super) fn filter(&mut self, open: usize) -> Result<Filter, GrammarError> {
        if self.in_filter {
            return Err(GrammarFault::CannotSimulate { what: "a filter in a filter" }.at(open));
        }
        if !self.take('(') {
            return Err(GrammarFault::Ends { expected: "\"(\"" }.at(self.at));
        }
        self.in_filter = true;
        let mut alternatives = vec![vec![self.comparison(open)?]];
        loop {
            self.blanks();
            let rest = &self.text[self.at..];
            if rest.starts_with("&&") || rest.starts_with("||") {
                let is_alternative = rest.starts_with('|');
                self.at += 2;
                let comparison = self.comparison(open)?;
                match alternatives.last_mut() {
                    Some(last) if !is_alternative => last.push(comparison),
                    _ => alternatives.push(vec![comparison]),
                }
            } else if self.take(')') {
                self.in_filter = false;
                return Ok(Filter { alternatives });
            } else {
                return Err(match self.peek() {
                    Some(found) => GrammarFault::Unexpected { found }.at(self.at),
                    None => GrammarFault::Unclosed { open: '(' }.at(open),
                });
            }
        }
    }

    fn comparison(&mut self, open: usize) -> Result<Comparison, GrammarError> {
        self.blanks();
        if !self.take('@') {
            return Err(GrammarFault::CannotSimulate { what: "a filter without \"@\"" }.at(self.at));
        }
        let path = JsonPath { steps: self.path()? };
        self.blanks();
        let rest = &self.text[self.at..];
        let Some((text, operator)) = OPERATORS.iter().find(|(text, _)| rest.starts_with(text))
        else {
            return Ok(Comparison { path, with: None });
        };
        self.at += text.len();
        self.blanks();
        Ok(Comparison { path, with: Some((*operator, self.constant(open)?)) })
    }

    fn constant(&mut self, open: usize) -> Result<Value, GrammarError> {
        if matches!(self.peek(), Some('\'' | '"')) {
            return self.quoted(open).map(Value::String);
        }
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) {
            self.at += 1;
        }
        let what = "this constant of a filter";
        serde_json::from_str(&self.text[start..self.at])
            .map_err(|_| GrammarFault::CannotSimulate { what }.at(start))
    }
}

impl Filter {
    /// Whether an element passes.
    pub(super) fn accepts(&self, element: &Value) -> bool {
        self.alternatives.iter().any(|terms| terms.iter().all(|term| term.accepts(element)))
    }
}

impl Comparison {
    fn accepts(&self, element: &Value) -> bool {
        let found = match self.path.find(element) {
            Ok(Found::One(found)) => found,
            Ok(Found::Many(found)) => return self.with.is_none() && !found.is_empty(),
            _ => return false,
        };
        match &self.with {
            None => true,
            Some((operator, constant)) => operator.holds(order(found, constant)),
        }
    }
}

fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        _ => (left == right).then_some(Ordering::Equal),
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, terms) in self.alternatives.iter().enumerate() {
            if place > 0 {
                formatter.write_str(" || ")?;
            }
            for (place, term) in terms.iter().enumerate() {
                if place > 0 {
                    formatter.write_str(" && ")?;
                }
                write!(formatter, "{term}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("@")?;
        self.path.steps.iter().try_for_each(|step| write!(formatter, "{step}"))?;
        let Some((operator, constant)) = &self.with else { return Ok(()) };
        write!(formatter, " {} ", operator.as_str())?;
        match constant {
            Value::String(text) => write_quoted(formatter, text),
            other => write!(formatter, "{other}"),
        }
    }
}
