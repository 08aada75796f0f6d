//! `CASE … END` and `IS DISTINCT FROM` as the call and the operator that type resolution knows them by.

use crate::operators::{IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM};
use crate::resolution::Conditional;
use crate::row_functions::call;
use datafusion::sql::sqlparser::ast::{BinaryOperator, Expr, Query, Value, VisitMut, VisitorMut};
use std::ops::ControlFlow;

/// Turns every CASE of a query into a call of one of `Conditional`'s functions, and IS DISTINCT FROM, of which the
/// planner asks nobody, into an operator that `crate::operators` plan.
pub fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let distinct = match expr {
            Expr::IsDistinctFrom(left, right) => Some((left, right, IS_DISTINCT_FROM)),
            Expr::IsNotDistinctFrom(left, right) => Some((left, right, IS_NOT_DISTINCT_FROM)),
            _ => None,
        };
        if let Some((left, right, operator)) = distinct {
            *expr = Expr::BinaryOp {
                left: left.clone(),
                op: BinaryOperator::Custom(operator.to_owned()),
                right: right.clone(),
            };
            return ControlFlow::Continue(());
        }
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
