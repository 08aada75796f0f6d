//! `a IS DISTINCT FROM b AND c` is `(a IS DISTINCT FROM b) AND c`: the parser reads on to the end of the condition.

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, Query, UnaryOperator, Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// Puts the parts of conditions together by the precedence that PostgreSQL has.
pub(crate) fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if reads_on(expr) {
            let whole = std::mem::replace(expr, Expr::value(Value::Null));
            let mut parts = Parts::default();
            parts.take(whole);
            *expr = parts.together();
        }
        ControlFlow::Continue(())
    }
}

/// Tells whether a condition has IS DISTINCT FROM with a condition on its right that no parenthesis is around.
fn reads_on(expr: &Expr) -> bool {
    match expr {
        Expr::BinaryOp { left, op: BinaryOperator::And | BinaryOperator::Or, right } => {
            reads_on(left) || reads_on(right)
        }
        Expr::UnaryOp { op: UnaryOperator::Not, expr } => reads_on(expr),
        Expr::IsDistinctFrom(_, right) | Expr::IsNotDistinctFrom(_, right) => {
            is_condition(right) || reads_on(right)
        }
        _ => false,
    }
}

fn is_condition(expr: &Expr) -> bool {
    matches!(expr, Expr::BinaryOp { op: BinaryOperator::And | BinaryOperator::Or, .. })
}

/// The parts of a condition in the order they are written, and what stands between them.
#[derive(Default)]
struct Parts {
    operands: Vec<Expr>,
    /// Whether it is OR, AND otherwise.
    is_or: Vec<bool>,
}

impl Parts {
    fn take(&mut self, expr: Expr) {
        match expr {
            Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
                self.take(*left);
                self.is_or.push(false);
                self.take(*right);
            }
            Expr::BinaryOp { left, op: BinaryOperator::Or, right } => {
                self.take(*left);
                self.is_or.push(true);
                self.take(*right);
            }
            Expr::IsDistinctFrom(left, right) => {
                self.take_first(*right, |right| Expr::IsDistinctFrom(left, Box::new(right)));
            }
            Expr::IsNotDistinctFrom(left, right) => {
                self.take_first(*right, |right| Expr::IsNotDistinctFrom(left, Box::new(right)));
            }
            Expr::UnaryOp { op: UnaryOperator::Not, expr } if reads_on(&expr) => {
                self.take_first(*expr, |first| Expr::UnaryOp {
                    op: UnaryOperator::Not,
                    expr: Box::new(first),
                });
            }
            other => self.operands.push(other),
        }
    }

    /// Takes the parts of a condition, of which the first belongs to what stands before it.
    fn take_first(&mut self, expr: Expr, around: impl FnOnce(Expr) -> Expr) {
        let mut parts = Self::default();
        parts.take(expr);
        let mut operands = parts.operands.into_iter();
        self.operands.extend(operands.next().map(around));
        self.operands.extend(operands);
        self.is_or.extend(parts.is_or);
    }

    /// Puts them together: AND before OR, each from the left.
    fn together(self) -> Expr {
        let mut alternatives: Vec<Expr> = Vec::new();
        let mut starts = true;
        let separators = self.is_or.into_iter().chain([true]);
        for (operand, is_or) in self.operands.into_iter().zip(separators) {
            match alternatives.pop() {
                Some(last) if !starts => {
                    alternatives.push(binary(last, BinaryOperator::And, operand));
                }
                last => alternatives.extend(last.into_iter().chain([operand])),
            }
            starts = is_or;
        }
        let whole =
            alternatives.into_iter().reduce(|left, right| binary(left, BinaryOperator::Or, right));
        whole.unwrap_or_else(|| Expr::value(Value::Null))
    }
}

fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) }
}
