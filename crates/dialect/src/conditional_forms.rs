//! `CASE … END` as the call that type resolution knows it by.

use crate::resolution::Conditional;
use crate::row_functions::call;
use datafusion::sql::sqlparser::ast::{Expr, Query, Value, VisitMut, VisitorMut};
use std::ops::ControlFlow;

/// Turns every CASE of a query into a call of one of [`Conditional`]'s functions.
pub fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let Expr::Case { operand, conditions, else_result, .. } = expr else {
            return ControlFlow::Continue(());
        };
        let conditional = match operand {
            Some(_) => Conditional::SimpleCase,
            None => Conditional::Case,
        };
        let mut arguments: Vec<Expr> = operand.take().into_iter().map(|operand| *operand).collect();
        for branch in std::mem::take(conditions) {
            arguments.extend([branch.condition, branch.result]);
        }
        arguments.push(match else_result.take() {
            Some(otherwise) => *otherwise,
            None => Expr::value(Value::Null),
        });
        *expr = call(conditional.name(), arguments);
        ControlFlow::Continue(())
    }
}
