//! Operands that are columns nobody has are found first, with their place in the statement.

use super::unresolved;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};

/// Refuses operands that do not exist before other planners ask for their types, and so lose the place.
#[derive(Debug)]
pub(super) struct Resolved;

impl ExprPlanner for Resolved {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        match unresolved(&expr.left, schema).or_else(|| unresolved(&expr.right, schema)) {
            Some(error) => Err(error),
            None => Ok(PlannerResult::Original(expr)),
        }
    }
}
