//! Where a name stands in a statement.

use crate::position;
use census_error::Span;
use datafusion::sql::sqlparser::ast::{Expr, Ident, Query, Spanned, Visit, Visitor};
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
