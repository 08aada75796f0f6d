//! `j['a']` and `(j).a`: json has no subscripts, though DataFusion takes its Arrow type for one that has, and no type
//! has parts with names.

use crate::functions;
use crate::row_functions::MARK;
use crate::sql_types::type_name;
use census_error::{Error, SqlState};
use census_types::{hstore, json};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawFieldAccessExpr};
use datafusion::logical_expr::{Expr, ExprSchemable, GetFieldAccess};

/// Refuses parts of what has none, and gives the values of an hstore.
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
        if let GetFieldAccess::NamedStructField { name } = &expr.field_access
            && hstore::is_hstore_type(field.data_type())
        {
            let key = Expr::Literal(name.clone(), None);
            return Ok(PlannerResult::Planned(functions::call(
                "__hstore_get",
                vec![expr.expr, key],
            )?));
        }
        if matches!(field.data_type(), DataType::List(_) | DataType::Null) {
            return Ok(PlannerResult::Original(expr));
        }
        let message = format!(
            "cannot subscript type {} because it does not support subscripting",
            type_name(&field)
        );
        let error = Error::new(SqlState::DatatypeMismatch, message);
        let error = if json::is_json_type(field.data_type()) {
            error.with_hint("json -> 'key' is the value of a key.")
        } else {
            error
        };
        Err(functions::external(error))
    }
}
