//! `json_agg(x)` and `json_object_agg(k, v)`: arrays are gathered, in the order and of the rows asked for, and written.

use crate::functions;
use census_error::{Error, SqlState};
use datafusion::common::Result;
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::expr::{AggregateFunction, WindowFunction, WindowFunctionParams};
use datafusion::logical_expr::planner::{
    ExprPlanner, PlannerResult, RawAggregateExpr, RawWindowExpr,
};
use datafusion::logical_expr::{AggregateUDF, Expr, WindowFunctionDefinition};
use std::sync::Arc;

/// Plans both as `array_agg`, which knows DISTINCT, ORDER BY, FILTER and OVER.
#[derive(Debug)]
pub(super) struct JsonAggregates;

impl ExprPlanner for JsonAggregates {
    fn plan_aggregate(&self, expr: RawAggregateExpr) -> Result<PlannerResult<RawAggregateExpr>> {
        let Some(writer) = writer(expr.func.name(), expr.args.len(), expr.distinct)? else {
            return Ok(PlannerResult::Original(expr));
        };
        let gathered = expr.args.iter().map(|argument| {
            Expr::AggregateFunction(AggregateFunction::new_udf(
                array_agg(),
                vec![argument.clone()],
                expr.distinct,
                expr.filter.clone(),
                expr.order_by.clone(),
                expr.null_treatment,
            ))
        });
        Ok(PlannerResult::Planned(functions::call(writer, gathered.collect())?))
    }

    fn plan_window(&self, expr: RawWindowExpr) -> Result<PlannerResult<RawWindowExpr>> {
        let Some(writer) = writer(expr.func_def.name(), expr.args.len(), expr.distinct)? else {
            return Ok(PlannerResult::Original(expr));
        };
        let gathered = expr.args.iter().map(|argument| {
            Expr::from(WindowFunction {
                fun: WindowFunctionDefinition::AggregateUDF(array_agg()),
                params: WindowFunctionParams {
                    args: vec![argument.clone()],
                    partition_by: expr.partition_by.clone(),
                    order_by: expr.order_by.clone(),
                    window_frame: expr.window_frame.clone(),
                    filter: expr.filter.clone(),
                    null_treatment: expr.null_treatment,
                    distinct: expr.distinct,
                },
            })
        });
        Ok(PlannerResult::Planned(functions::call(writer, gathered.collect())?))
    }
}

/// Returns the function that writes what is gathered; `None` for another aggregate or a wrong number of arguments.
fn writer(name: &str, arguments: usize, distinct: bool) -> Result<Option<&'static str>> {
    match (name, arguments) {
        ("json_agg", 1) => Ok(Some("__json_agg")),
        ("json_object_agg", 2) if distinct => {
            let message = "DISTINCT is not supported in json_object_agg";
            let error = Error::new(SqlState::FeatureNotSupported, message)
                .with_hint("Select the distinct keys and values in a subquery.");
            Err(functions::external(error))
        }
        ("json_object_agg", 2) => Ok(Some("__json_object_agg")),
        _ => Ok(None),
    }
}

fn array_agg() -> Arc<AggregateUDF> {
    let ours = functions::aggregates().into_iter().find(|udaf| udaf.name() == "array_agg");
    ours.unwrap_or_else(array_agg_udaf)
}
