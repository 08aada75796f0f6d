//! `= <> < <= > >=` and IS DISTINCT FROM: a text literal takes the type of the other side; other types do not mix with text.

use super::{Operand, decide, operands, unknown};
use crate::text_syntax::{DISTINCT_FROM, NOT_DISTINCT_FROM};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Operator, binary_expr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Decides the types of comparisons as PostgreSQL does; the comparison itself stays DataFusion's.
#[derive(Debug)]
pub(super) struct Comparison;

impl ExprPlanner for Comparison {
    fn plan_binary_op(
        &self,
        mut expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let distinction = match &expr.op {
            BinaryOperator::Custom(written) => distinction(written),
            _ => None,
        };
        let is_order = match expr.op {
            BinaryOperator::Eq | BinaryOperator::NotEq => false,
            _ if distinction.is_some() => false,
            BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq => true,
            _ => return Ok(PlannerResult::Original(expr)),
        };
        let (left, right) = operands(&expr, schema)?;
        if is_order && (left.is_hstore() || right.is_hstore()) {
            return Err(unknown(&expr, &left, &right).into());
        }
        if left.is_open && !right.is_open && takes_literals(&right) {
            expr.left = decide(expr.left, &right.field);
        } else if right.is_open && !left.is_open && takes_literals(&left) {
            expr.right = decide(expr.right, &left.field);
        } else if !left.is_open && !right.is_open && do_not_mix(&left, &right) {
            return Err(unknown(&expr, &left, &right).into());
        }
        Ok(match distinction {
            Some(operator) => PlannerResult::Planned(binary_expr(expr.left, operator, expr.right)),
            None => PlannerResult::Original(expr),
        })
    }
}

/// Returns the operator of IS DISTINCT FROM or of its opposite.
pub(super) fn distinction(written: &str) -> Option<Operator> {
    match written {
        DISTINCT_FROM => Some(Operator::IsDistinctFrom),
        NOT_DISTINCT_FROM => Some(Operator::IsNotDistinctFrom),
        _ => None,
    }
}

/// Tells whether a text literal beside this operand is read as a literal of its type.
fn takes_literals(operand: &Operand) -> bool {
    operand.is_hstore()
        || operand.is_json()
        || operand.is_inet()
        || matches!(
            operand.data_type(),
            DataType::Boolean
                | DataType::Binary
                | DataType::Int64
                | DataType::Float64
                | DataType::Timestamp(..)
                | DataType::Date32
                | DataType::Time64(_)
                | DataType::Interval(_)
        )
}

/// Tells whether PostgreSQL has no comparison between the two.
fn do_not_mix(left: &Operand, right: &Operand) -> bool {
    let is_other = |operand: &Operand| takes_literals(operand) || operand.data_type().is_numeric();
    (left.is_text() && is_other(right))
        || (right.is_text() && is_other(left))
        || left.is_hstore() != right.is_hstore()
        || left.is_json() != right.is_json()
        || left.is_inet() != right.is_inet()
}
