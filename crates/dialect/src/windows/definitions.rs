//! Named windows: every OVER becomes a window of its own, with what it takes over from those that it names.

use super::{exclusion, frames};
use crate::position;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{
    Distinct, Expr, Function, Ident, NamedWindowExpr, OrderBy, OrderByKind, Query, Select,
    SelectItem, SetExpr, Spanned, VisitMut, VisitorMut, WindowSpec, WindowType,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use std::ops::ControlFlow;

/// Resolves the names of windows and checks frames, in every SELECT of a query.
///
/// # Errors
/// 42704 for a window that is not defined, 42P20 for one that is defined twice, changes what it takes over, or has a
/// frame that cannot be, and those of offsets.
pub(crate) fn rewrite(text: &str, query: &mut Query) -> Result<()> {
    match VisitMut::visit(query, &mut Rewriter { text }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Rewriter<'a> {
    text: &'a str,
}

impl VisitorMut for Rewriter<'_> {
    type Break = Box<Error>;

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<Self::Break> {
        // ORDER BY belongs to the query, and the windows that it may name to its SELECT, which is visited later.
        if let SetExpr::Select(select) = query.body.as_ref()
            && let Some(OrderBy { kind: OrderByKind::Expressions(orders), .. }) =
                &mut query.order_by
        {
            let known = self.definitions(select)?;
            for order in orders {
                self.resolve(&mut order.expr, &known)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<Self::Break> {
        let known = self.definitions(select)?;
        select.named_window.clear();
        for item in &mut select.projection {
            if let SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } = item {
                self.resolve(expr, &known)?;
            }
        }
        if let Some(Distinct::On(exprs)) = &mut select.distinct {
            for expr in exprs {
                self.resolve(expr, &known)?;
            }
        }
        ControlFlow::Continue(())
    }
}

impl Rewriter<'_> {
    /// Returns the windows of a WINDOW clause, each with all that it takes over.
    fn definitions(&self, select: &Select) -> ControlFlow<Box<Error>, Vec<Definition>> {
        let mut known: Vec<Definition> = Vec::new();
        for definition in &select.named_window {
            let written = &definition.0;
            let fault = |error: Error| ControlFlow::Break(Box::new(self.at(written.span, error)));
            let NamedWindowExpr::WindowSpec(window) = &definition.1 else {
                let message = format!("syntax error at or near \"{}\"", written.value);
                return fault(Error::new(SqlState::SyntaxError, message));
            };
            let name = normal(written);
            if known.iter().any(|known| known.name == name) {
                let message = format!("window \"{name}\" is already defined");
                return fault(Error::new(SqlState::WindowingError, message));
            }
            match inherited(window, &known, true) {
                Ok(window) => known.push(Definition { name, window }),
                Err(error) => return fault(error),
            }
        }
        ControlFlow::Continue(known)
    }

    /// Resolves the windows of an expression, but not of its subqueries, which have their own.
    fn resolve(&self, expr: &mut Expr, known: &[Definition]) -> ControlFlow<Box<Error>> {
        let mut calls = Calls { rewriter: self, known, depth: 0 };
        VisitMut::visit(expr, &mut calls)
    }

    fn at(&self, span: Span, error: Error) -> Error {
        error.with_span(position::span(self.text, span.start, span.end))
    }
}

/// A window of a WINDOW clause.
struct Definition {
    name: String,
    window: WindowSpec,
}

struct Calls<'a> {
    rewriter: &'a Rewriter<'a>,
    known: &'a [Definition],
    depth: usize,
}

impl VisitorMut for Calls<'_> {
    type Break = Box<Error>;

    fn pre_visit_query(&mut self, _query: &mut Query) -> ControlFlow<Self::Break> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &mut Query) -> ControlFlow<Self::Break> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        let Expr::Function(Function { name, over: Some(over), .. }) = expr else {
            return ControlFlow::Continue(());
        };
        if self.depth > 0 {
            return ControlFlow::Continue(());
        }
        let resolved = match over {
            WindowType::NamedWindow(window) => {
                find(window, self.known).map(|known| known.window.clone())
            }
            WindowType::WindowSpec(window) => inherited(window, self.known, false),
        };
        match resolved {
            Ok(window) => *over = WindowType::WindowSpec(window),
            Err(error) => {
                return ControlFlow::Break(Box::new(self.rewriter.at(name.span(), error)));
            }
        }
        ControlFlow::Continue(())
    }
}

fn find<'a>(name: &Ident, known: &'a [Definition]) -> Result<&'a Definition> {
    let name = normal(name);
    known.iter().find(|known| known.name == name).ok_or_else(|| {
        Error::new(SqlState::UndefinedObject, format!("window \"{name}\" does not exist"))
    })
}

/// Returns a window with what it takes over from the one that it names.
fn inherited(window: &WindowSpec, known: &[Definition], is_definition: bool) -> Result<WindowSpec> {
    let mut window = window.clone();
    let (name, exclusion) = exclusion::split(window.window_name.take());
    if let Some(name) = name {
        let base = find(&name, known)?;
        let fault = |what: String| Err(Error::new(SqlState::WindowingError, what));
        let name = &base.name;
        if !window.partition_by.is_empty() {
            return fault(format!("cannot override PARTITION BY clause of window \"{name}\""));
        }
        if !window.order_by.is_empty() && !base.window.order_by.is_empty() {
            return fault(format!("cannot override ORDER BY clause of window \"{name}\""));
        }
        if base.window.window_frame.is_some() {
            let message = format!("cannot copy window \"{name}\" because it has a frame clause");
            let is_copy = !is_definition
                && window.order_by.is_empty()
                && window.window_frame.is_none()
                && exclusion.is_none();
            return fault(message).map_err(|error| {
                if is_copy {
                    error.with_hint("Omit the parentheses in this OVER clause.")
                } else {
                    error
                }
            });
        }
        window.partition_by.clone_from(&base.window.partition_by);
        if window.order_by.is_empty() {
            window.order_by.clone_from(&base.window.order_by);
        }
    }
    frames::check(&mut window)?;
    window.partition_by.extend(exclusion.map(exclusion::Exclusion::as_partition));
    Ok(window)
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
