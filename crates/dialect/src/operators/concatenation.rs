//! `||` of a text and another value, which is written as PostgreSQL prints it.

use super::{Operand, operands, unknown};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, cast};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Casts what stands beside a text; DataFusion would print it in Arrow's way.
#[derive(Debug)]
pub(super) struct Concatenation;

impl ExprPlanner for Concatenation {
    fn plan_binary_op(
        &self,
        mut expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        if expr.op != BinaryOperator::StringConcat {
            return Ok(PlannerResult::Original(expr));
        }
        let (left, right) = operands(&expr, schema)?;
        if is_array(&left) || is_array(&right) {
            return Ok(PlannerResult::Original(expr));
        }
        if !is_text(&left) && !is_text(&right) {
            return Err(unknown(&expr, &left, &right).into());
        }
        expr.left = printed(expr.left, &left);
        expr.right = printed(expr.right, &right);
        Ok(PlannerResult::Original(expr))
    }
}

fn is_array(operand: &Operand) -> bool {
    matches!(operand.data_type(), DataType::List(_) | DataType::LargeList(_))
}

fn is_text(operand: &Operand) -> bool {
    operand.is_text() || operand.is_open
}

fn printed(expr: Expr, operand: &Operand) -> Expr {
    match operand.data_type() {
        DataType::Null => Expr::Literal(ScalarValue::Utf8(None), None),
        _ if is_text(operand) => expr,
        _ => cast(expr, DataType::Utf8),
    }
}
