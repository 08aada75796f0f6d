//! `AND OR`: both sides are boolean.

use super::operands;
use crate::error::DialectError;
use crate::resolution::{Operand, coerced};
use census_types::SqlType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Reads literals as booleans, and refuses other types.
#[derive(Debug)]
pub(super) struct Logic;

impl ExprPlanner for Logic {
    fn plan_binary_op(
        &self,
        mut expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let construct = match expr.op {
            BinaryOperator::And => "AND",
            BinaryOperator::Or => "OR",
            _ => return Ok(PlannerResult::Original(expr)),
        };
        // The type of a long chain would be asked for at each of its links.
        if is_condition(&expr.left) && is_condition(&expr.right) {
            return Ok(PlannerResult::Original(expr));
        }
        let (left, right) = operands(&expr, schema)?;
        let is_other = |operand: &&Operand| {
            !operand.is_open && !matches!(operand.sql_type(), SqlType::Bool | SqlType::Unknown)
        };
        if let Some(other) = [&left, &right].into_iter().find(is_other) {
            return Err(DialectError::NotBoolean { construct, found: other.type_name() }.into());
        }
        expr.left = coerced(expr.left, &left, &SqlType::Bool)?;
        expr.right = coerced(expr.right, &right, &SqlType::Bool)?;
        Ok(PlannerResult::Original(expr))
    }
}

/// Tells whether an expression is boolean whatever its operands are.
fn is_condition(expr: &Expr) -> bool {
    match expr {
        Expr::BinaryExpr(binary) => {
            binary.op.is_logic_operator() || binary.op.supports_propagation()
        }
        Expr::IsNull(_)
        | Expr::IsNotNull(_)
        | Expr::InList(_)
        | Expr::Between(_)
        | Expr::Like(_)
        | Expr::Exists(_)
        | Expr::InSubquery(_) => true,
        _ => false,
    }
}
