//! `= <> < <= > >=`: both sides take one type; a text literal takes that of the other side.

use super::{operands, unknown};
use crate::resolution::{coerced, compared_type};
use census_types::SqlType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
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
        let is_order = match expr.op {
            BinaryOperator::Eq | BinaryOperator::NotEq => false,
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
            return Err(unknown(&expr, &left, &right).into());
        };
        expr.left = coerced(expr.left, &left, &compared)?;
        expr.right = coerced(expr.right, &right, &compared)?;
        Ok(PlannerResult::Original(expr))
    }
}
