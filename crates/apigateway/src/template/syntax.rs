//! The syntax tree of a mapping template.

use super::limits::MAXIMUM_TEMPLATE_BYTES;
use super::parser::Parser;
use crate::{TemplateError, TemplateFault};
use std::fmt;
use std::rc::Rc;

/// A mapping template, parsed; it prints as its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    source: String,
    nodes: Rc<[Node]>,
}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    /// The template is not of the dialect, nests too deep, or is larger than the quota of 300 KB.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        if source.len() > MAXIMUM_TEMPLATE_BYTES {
            let fault = TemplateFault::TooLarge { limit: MAXIMUM_TEMPLATE_BYTES };
            return Err(TemplateError { fault, line: 1, column: 1 });
        }
        match Parser::new(source).template() {
            Ok(nodes) => Ok(Self { source: source.to_owned(), nodes: nodes.into() }),
            Err(fault) => Err(fault.place_in(source)),
        }
    }

    /// The text it was parsed from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn nodes(&self) -> &Rc<[Node]> {
        &self.nodes
    }
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.source)
    }
}

/// A fault with its byte offset; the outside sees lines and columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FaultAt {
    pub fault: TemplateFault,
    pub at: usize,
}

impl FaultAt {
    pub(super) fn place_in(self, source: &str) -> TemplateError {
        let before: String =
            source.char_indices().take_while(|(i, _)| *i < self.at).map(|(_, c)| c).collect();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        TemplateError { fault: self.fault, line, column }
    }
}

pub(super) type Parsing<T> = Result<T, FaultAt>;

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Text(String),
    /// A reference to print; `escapes` backslashes stand before it.
    Print {
        reference: Reference,
        escapes: usize,
    },
    Set {
        target: Reference,
        value: Expression,
    },
    If {
        branches: Vec<(Expression, Vec<Node>)>,
        otherwise: Vec<Node>,
    },
    Foreach {
        variable: String,
        list: Expression,
        body: Vec<Node>,
    },
    Define {
        name: String,
        body: Rc<[Node]>,
    },
    /// A directive of Apache's Velocity that API Gateway does not have: what it prints.
    Foreign {
        name: String,
        printed: String,
    },
    Stop,
    Break,
}

/// `$name.member.call(argument)[index]`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Reference {
    pub name: String,
    pub accesses: Vec<Access>,
    /// `${name|alternate}`.
    pub alternate: Option<Box<Expression>>,
    pub source: String,
    /// Byte offset in the template.
    pub at: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Access {
    Member(String),
    Call(String, Vec<Expression>),
    Index(Expression),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Null,
    Bool(bool),
    Integer(i64),
    Decimal(f64),
    Text(Rc<str>),
    /// A string in double quotes with something to evaluate.
    Interpolated(Vec<Node>),
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    Range(Box<Expression>, Box<Expression>),
    Reference(Reference),
    Not(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}
