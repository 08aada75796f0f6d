//! `j['a']`: json has no subscripts, though DataFusion takes its Arrow type for one that has.

use crate::functions;
use census_error::{Error, SqlState};
use census_types::json;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::ExprSchemable;
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawFieldAccessExpr};

/// Refuses them, and names the operator that looks into json.
#[derive(Debug)]
pub(super) struct JsonParts;

impl ExprPlanner for JsonParts {
    fn plan_field_access(
        &self,
        expr: RawFieldAccessExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawFieldAccessExpr>> {
        if !json::is_json_type(&expr.expr.get_type(schema)?) {
            return Ok(PlannerResult::Original(expr));
        }
        let message = "cannot subscript type json because it does not support subscripting";
        let error = Error::new(SqlState::DatatypeMismatch, message)
            .with_hint("json -> 'key' is the value of a key.");
        Err(functions::external(error))
    }
}
