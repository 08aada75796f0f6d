//! `(j).a`: no type has parts with names, though DataFusion takes json's Arrow type for one that has.

use crate::functions;
use crate::row_functions::MARK;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use census_types::json;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawFieldAccessExpr};
use datafusion::logical_expr::{ExprSchemable, GetFieldAccess};

/// Refuses parts of what has none.
#[derive(Debug)]
pub(super) struct NamedParts;

impl ExprPlanner for NamedParts {
    fn plan_field_access(
        &self,
        expr: RawFieldAccessExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawFieldAccessExpr>> {
        let GetFieldAccess::NamedStructField { name: ScalarValue::Utf8(Some(name)) } =
            &expr.field_access
        else {
            return Ok(PlannerResult::Original(expr));
        };
        let Some(name) = name.strip_prefix(MARK) else { return Ok(PlannerResult::Original(expr)) };
        let (_, field) = expr.expr.to_field(schema)?;
        let message = format!(
            "column notation .{name} applied to type {}, which is not a composite type",
            type_name(&field)
        );
        let error = Error::new(SqlState::WrongObjectType, message);
        Err(functions::external(if json::is_json_type(field.data_type()) {
            error.with_hint(functions::JSON_PART_HINT)
        } else {
            error
        }))
    }
}
