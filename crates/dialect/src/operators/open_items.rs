//! `ARRAY[JSON '1', '2']`: text literals take the type of an item that is hstore, json or inet.

use super::{Operand, decide};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult};

/// Decides the types of items; the array itself is planned by others.
#[derive(Debug)]
pub(super) struct OpenItems;

impl ExprPlanner for OpenItems {
    fn plan_array_literal(
        &self,
        items: Vec<Expr>,
        schema: &DFSchema,
    ) -> Result<PlannerResult<Vec<Expr>>> {
        let mut target = None;
        for item in &items {
            let operand = Operand::of(item, schema)?;
            if operand.is_hstore() || operand.is_json() || operand.is_inet() {
                target = Some(operand.field);
                break;
            }
        }
        let Some(target) = target else { return Ok(PlannerResult::Original(items)) };
        let decided = items.into_iter().map(|item| {
            let is_open = Operand::of(&item, schema)?.is_open;
            Ok(if is_open { decide(item, &target) } else { item })
        });
        Ok(PlannerResult::Original(decided.collect::<Result<_>>()?))
    }
}
