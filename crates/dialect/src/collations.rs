//! `COLLATE "C"`: every text is in the order of its bytes, whichever of these names asks for it.

use crate::position;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{Expr, ObjectName, Query, Spanned, VisitMut, VisitorMut};
use std::ops::ControlFlow;

/// The collations that order by bytes; sorted.
const KNOWN: [&str; 4] = ["C", "POSIX", "default", "ucs_basic"];

/// Takes COLLATE away.
///
/// # Errors
/// 42704 for another collation.
pub(crate) fn resolve(text: &str, query: &mut Query) -> Result<()> {
    match VisitMut::visit(query, &mut Resolver { text }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Resolver<'a> {
    text: &'a str,
}

impl VisitorMut for Resolver<'_> {
    type Break = Box<Error>;

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        let Expr::Collate { expr: inner, collation } = expr else {
            return ControlFlow::Continue(());
        };
        let name = name(collation);
        if !KNOWN.contains(&name.as_str()) {
            let message = format!("collation \"{name}\" for encoding \"UTF8\" does not exist");
            let span = collation.span();
            let error = Error::new(SqlState::UndefinedObject, message)
                .with_hint(format!(
                    "There are {}.",
                    KNOWN.map(|name| format!("\"{name}\"")).join(", ")
                ))
                .with_span(position::span(self.text, span.start, span.end));
            return ControlFlow::Break(Box::new(error));
        }
        // In ORDER BY a name with COLLATE is an expression, which means a column of FROM.
        *expr = Expr::Nested(inner.clone());
        ControlFlow::Continue(())
    }
}

/// Returns a collation's name without its schema.
fn name(collation: &ObjectName) -> String {
    let parts: Vec<String> = collation
        .0
        .iter()
        .filter_map(|part| part.as_ident())
        .map(|part| match part.quote_style {
            Some(_) => part.value.clone(),
            None => part.value.to_lowercase(),
        })
        .collect();
    match parts.as_slice() {
        [schema, name] if schema == "pg_catalog" => name.clone(),
        parts => parts.join("."),
    }
}
