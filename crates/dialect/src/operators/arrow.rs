//! `->`: the value of a key of an hstore.

use super::{operands, unknown};
use crate::functions;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans `hstore -> text`.
#[derive(Debug)]
pub(super) struct Arrow;

impl ExprPlanner for Arrow {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        if expr.op != BinaryOperator::Arrow {
            return Ok(PlannerResult::Original(expr));
        }
        let (left, right) = operands(&expr, schema)?;
        if !left.is_hstore() || !(right.is_text() || right.is_open) {
            return Err(unknown(&expr, &left, &right).into());
        }
        let get = functions::call("__hstore_get", vec![expr.left, expr.right])?;
        Ok(PlannerResult::Planned(get))
    }
}
