//! `? ?& ?| @> <@ || -` of hstore.

use super::{Operand, operands, unknown};
use crate::functions;
use crate::resolution::coerced;
use census_types::{SqlType, hstore};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators that have an hstore on one side.
#[derive(Debug)]
pub(super) struct Hstore;

impl ExprPlanner for Hstore {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let is_ours = matches!(
            expr.op,
            BinaryOperator::Question
                | BinaryOperator::QuestionAnd
                | BinaryOperator::QuestionPipe
                | BinaryOperator::AtArrow
                | BinaryOperator::ArrowAt
                | BinaryOperator::StringConcat
                | BinaryOperator::Minus
        );
        if !is_ours {
            return Ok(PlannerResult::Original(expr));
        }
        let (left, right) = operands(&expr, schema)?;
        if !left.is_hstore() && !right.is_hstore() {
            return Ok(PlannerResult::Original(expr));
        }
        let are_hstores = takes_hstore(&left) && takes_hstore(&right);
        let has_hstore_left = left.is_hstore();
        let is_text = right.is_text() || right.is_open;
        let (name, arguments) = match expr.op {
            BinaryOperator::Question if has_hstore_left && is_text => {
                ("exist", vec![expr.left, expr.right])
            }
            BinaryOperator::QuestionAnd if has_hstore_left && takes_texts(&right) => {
                ("__hstore_has_all", vec![expr.left, expr.right])
            }
            BinaryOperator::QuestionPipe if has_hstore_left && takes_texts(&right) => {
                ("__hstore_has_any", vec![expr.left, expr.right])
            }
            BinaryOperator::AtArrow if are_hstores => {
                ("__hstore_contains", vec![expr.left, expr.right])
            }
            BinaryOperator::ArrowAt if are_hstores => {
                ("__hstore_contains", vec![expr.right, expr.left])
            }
            BinaryOperator::StringConcat if are_hstores => {
                ("__hstore_concat", vec![expr.left, expr.right])
            }
            // PostgreSQL strings text and any other value together.
            BinaryOperator::StringConcat if left.is_text() || right.is_text() => {
                return Ok(PlannerResult::Original(RawBinaryExpr {
                    left: printed(expr.left, &left)?,
                    op: expr.op,
                    right: printed(expr.right, &right)?,
                }));
            }
            BinaryOperator::Minus
                if has_hstore_left && (right.is_hstore() || may_be_hstore(&expr.right)) =>
            {
                ("delete", vec![expr.left, as_hstore(expr.right, &right)?])
            }
            BinaryOperator::Minus if has_hstore_left && (is_text || is_texts(&right)) => {
                ("delete", vec![expr.left, expr.right])
            }
            _ => return Err(unknown(&expr, &left, &right).into()),
        };
        Ok(PlannerResult::Planned(functions::call(name, arguments)?))
    }
}

fn takes_hstore(operand: &Operand) -> bool {
    operand.is_hstore() || operand.is_open
}

fn is_texts(operand: &Operand) -> bool {
    matches!(operand.data_type(), DataType::List(item) if matches!(item.data_type(), DataType::Utf8 | DataType::Utf8View | DataType::Null))
}

fn takes_texts(operand: &Operand) -> bool {
    is_texts(operand) || operand.is_open
}

/// Tells whether a literal reads as hstore, which PostgreSQL takes it for beside `-`, as it takes a parameter; another
/// literal is a key.
fn may_be_hstore(operand: &Expr) -> bool {
    match operand {
        Expr::Placeholder(parameter) => parameter.field.is_none(),
        Expr::Literal(ScalarValue::Utf8(Some(text)), _) => hstore::text::parse(text).is_ok(),
        Expr::Literal(scalar, _) => scalar.is_null(),
        _ => false,
    }
}

fn as_hstore(expr: Expr, operand: &Operand) -> Result<Expr> {
    match expr {
        _ if operand.is_hstore() => Ok(expr),
        Expr::Placeholder(_) => coerced(expr, operand, &SqlType::Hstore),
        _ => functions::call("__hstore_in", vec![expr]),
    }
}

fn printed(expr: Expr, operand: &Operand) -> Result<Expr> {
    if operand.is_hstore() { functions::call("__text_out", vec![expr]) } else { Ok(expr) }
}
