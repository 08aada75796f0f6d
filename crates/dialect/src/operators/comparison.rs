//! `= <> < <= > >=` and `IS DISTINCT FROM`: both sides take one type; a text literal takes that of the other side.

use super::{IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, operands, unknown};
use crate::error::DialectError;
use crate::resolution::{coerced, compared_type};
use census_types::SqlType;
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
        let compared = compared_type(&left, &right)
            .filter(|compared| !(is_order && *compared == SqlType::Hstore));
        let Some(compared) = compared else {
            return Err(match distinction {
                Some(_) => DialectError::unequal(&left, &right).into(),
                None => unknown(&expr, &left, &right).into(),
            });
        };
        expr.left = coerced(expr.left, &left, &compared)?;
        expr.right = coerced(expr.right, &right, &compared)?;
        Ok(match distinction {
            Some(operator) => PlannerResult::Planned(binary_expr(expr.left, operator, expr.right)),
            None => PlannerResult::Original(expr),
        })
    }
}

/// Returns the operator of IS DISTINCT FROM or of its opposite.
pub(super) fn distinction(written: &str) -> Option<Operator> {
    match written {
        IS_DISTINCT_FROM => Some(Operator::IsDistinctFrom),
        IS_NOT_DISTINCT_FROM => Some(Operator::IsNotDistinctFrom),
        _ => None,
    }
}
