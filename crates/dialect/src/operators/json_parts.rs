//! `j['a']` and `(j).a`: json has no subscripts, though DataFusion takes its Arrow type for one that has, and no type
//! has parts with names.

use crate::functions;
use crate::row_functions::MARK;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use census_types::json;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawFieldAccessExpr};
use datafusion::logical_expr::{ExprSchemable, GetFieldAccess};

/// Refuses them, and names the operator that looks into json.
#[derive(Debug)]
pub(super) struct JsonParts;

impl ExprPlanner for JsonParts {
    fn plan_field_access(
        &self,
        expr: RawFieldAccessExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawFieldAccessExpr>> {
        let (_, field) = expr.expr.to_field(schema)?;
        if let GetFieldAccess::NamedStructField { name: ScalarValue::Utf8(Some(name)) } =
            &expr.field_access
            && let Some(name) = name.strip_prefix(MARK)
        {
            let message = format!(
                "column notation .{name} applied to type {}, which is not a composite type",
                type_name(&field)
            );
            let error = Error::new(SqlState::WrongObjectType, message);
            let is_json = json::is_json_type(field.data_type());
            return Err(functions::external(if is_json {
                error.with_hint("json -> 'key' is the value of a key.")
            } else {
                error
            }));
        }
        if !json::is_json_type(field.data_type()) {
            return Ok(PlannerResult::Original(expr));
        }
        let message = "cannot subscript type json because it does not support subscripting";
        let error = Error::new(SqlState::DatatypeMismatch, message)
            .with_hint("json -> 'key' is the value of a key.");
        Err(functions::external(error))
    }
}
