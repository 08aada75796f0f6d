//! `->`: the value of a key of an hstore, or the values of several.

use super::{ambiguous, operands, unknown};
use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans `hstore -> text` and `hstore -> text[]`.
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
        if left.is_open && right.is_open {
            return Err(ambiguous(&expr, &left, &right).into());
        }
        if left.is_json() {
            return Ok(PlannerResult::Original(expr));
        }
        if left.is_hstore() && matches!(right.data_type(), DataType::List(_)) {
            let get = functions::call("__hstore_get_many", vec![expr.left, expr.right])?;
            return Ok(PlannerResult::Planned(get));
        }
        if !left.is_hstore() || !(right.is_text() || right.is_open) {
            return Err(unknown(&expr, &left, &right).into());
        }
        let get = functions::call(census_types::hstore::GET_FUNCTION, vec![expr.left, expr.right])?;
        Ok(PlannerResult::Planned(get))
    }
}
