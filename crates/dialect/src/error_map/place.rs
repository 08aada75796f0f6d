//! Where a name stands in a statement.

use crate::position;
use census_error::Span;
use datafusion::sql::sqlparser::ast::{
    DataType, Expr, Ident, Query, Spanned, Value, Visit, Visitor, visit_expressions,
};
use datafusion::sql::sqlparser::tokenizer::Span as ParserSpan;
use std::ops::ControlFlow;

/// Returns the first column or function of this name.
pub(super) fn of_name(text: &str, query: &Query, name: &str) -> Option<Span> {
    let mut finder = Finder { name };
    match query.visit(&mut finder) {
        ControlFlow::Break(span) => Some(position::span(text, span.start, span.end)),
        ControlFlow::Continue(()) => None,
    }
}

/// Returns the only call of a function; of several it is not known which one is meant.
pub(super) fn of_only_call(text: &str, query: &Query, name: &str) -> Option<Span> {
    only(text, query, |expr| match expr {
        Expr::Function(function) => {
            let called = function.name.0.last()?.as_ident()?;
            called.value.eq_ignore_ascii_case(name).then_some(called.span)
        }
        _ => None,
    })
}

/// Returns the only text literal of this content.
pub(super) fn of_only_literal(text: &str, query: &Query, literal: &str) -> Option<Span> {
    only(text, query, |expr| match expr {
        Expr::Value(value) if value_text(&value.value) == Some(literal) => Some(value.span),
        Expr::TypedString(typed) if value_text(&typed.value.value) == Some(literal) => {
            Some(typed.value.span)
        }
        _ => None,
    })
}

/// Returns the only CASE.
pub(super) fn of_only_case(text: &str, query: &Query) -> Option<Span> {
    only(text, query, |expr| match expr {
        Expr::Case { case_token, .. } => Some(case_token.0.span),
        _ => None,
    })
}

/// Returns the only text literal.
pub(super) fn of_only_text(text: &str, query: &Query) -> Option<Span> {
    only(text, query, |expr| match expr {
        Expr::Value(value) if value_text(&value.value).is_some() => Some(value.span),
        Expr::TypedString(typed) => Some(typed.value.span),
        _ => None,
    })
}

/// Returns the only cast to a type of this name.
pub(super) fn of_only_type(text: &str, query: &Query, name: &str) -> Option<Span> {
    only(text, query, |expr| match expr {
        Expr::Cast { data_type: DataType::Custom(written, _), .. } => {
            let last = written.0.last()?.as_ident()?;
            last.value.eq_ignore_ascii_case(name).then_some(last.span)
        }
        _ => None,
    })
}

fn value_text(value: &Value) -> Option<&str> {
    match value {
        Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) => Some(text),
        _ => None,
    }
}

/// Returns the place of the only expression that has one.
fn only(text: &str, query: &Query, place: impl Fn(&Expr) -> Option<ParserSpan>) -> Option<Span> {
    let mut places = Vec::new();
    let _ = visit_expressions(query, |expr: &Expr| {
        places.extend(place(expr));
        ControlFlow::<()>::Continue(())
    });
    match places.as_slice() {
        [span] if span.start.line > 0 => Some(position::span(text, span.start, span.end)),
        _ => None,
    }
}

struct Finder<'a> {
    name: &'a str,
}

impl Finder<'_> {
    fn is_meant(&self, name: &Ident) -> bool {
        match name.quote_style {
            Some(_) => name.value == self.name,
            None => name.value.eq_ignore_ascii_case(self.name),
        }
    }
}

impl Visitor for Finder<'_> {
    type Break = ParserSpan;

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Self::Break> {
        let found = match expr {
            Expr::Identifier(name) => self.is_meant(name).then_some(name.span),
            Expr::CompoundIdentifier(names) => {
                names.last().is_some_and(|name| self.is_meant(name)).then(|| expr.span())
            }
            Expr::Function(function) => function
                .name
                .0
                .last()
                .and_then(|part| part.as_ident())
                .filter(|name| self.is_meant(name))
                .map(|name| name.span),
            _ => None,
        };
        match found {
            Some(span) => ControlFlow::Break(span),
            None => ControlFlow::Continue(()),
        }
    }
}
