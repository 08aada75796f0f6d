//! `ARRAY(SELECT …)` becomes an aggregate of the subquery's rows in their order.

use super::shape;
use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::utils::SingleRowListArrayBuilder;
use datafusion::common::{Result, ScalarValue, Spans};
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{
    Expr, ExprSchemable, Limit, LogicalPlan, LogicalPlanBuilder, Projection, Sort, SortExpr,
    Subquery,
};
use datafusion::prelude::coalesce;
use std::sync::Arc;

/// Replaces every `ARRAY(SELECT …)` in an expression by a scalar subquery.
pub(super) fn as_aggregates(expr: Expr) -> Result<Expr> {
    expr.transform_down(|part| match &part {
        Expr::ScalarFunction(function) if function.name() == "__array_of" => {
            match function.args.as_slice() {
                [Expr::ScalarSubquery(subquery)] => {
                    Ok(Transformed::yes(Expr::ScalarSubquery(aggregated(subquery)?)))
                }
                _ => Ok(Transformed::no(part)),
            }
        }
        _ => Ok(Transformed::no(part)),
    })
    .data()
}

fn aggregated(subquery: &Subquery) -> Result<Subquery> {
    let query = subquery.subquery.as_ref();
    let Some(column) = shape::first_column(query) else {
        return Ok(subquery.clone());
    };
    let (value, order_by, input) = ordered(query, Expr::Column(column));
    let data_type = value.get_type(input.schema())?;
    let aggregate = Expr::AggregateFunction(AggregateFunction::new_udf(
        array_agg_udaf(),
        vec![value],
        false,
        None,
        order_by,
        None,
    ));
    let nothing = datafusion::arrow::array::new_empty_array(&data_type);
    let nothing = ScalarValue::List(Arc::new(
        SingleRowListArrayBuilder::new(nothing).with_nullable(true).build_list_array(),
    ));
    let items = coalesce(vec![
        Expr::Column(datafusion::common::Column::from_name("items")),
        Expr::Literal(nothing, None),
    ]);
    let items = match data_type {
        DataType::List(_) => functions::call("__rectangular", vec![items])?,
        _ => items,
    };
    let plan = LogicalPlanBuilder::from(input)
        .aggregate(Vec::<Expr>::new(), vec![aggregate.alias("items")])?
        .project(vec![items.alias("items")])?
        .build()?;
    Ok(Subquery {
        subquery: Arc::new(plan),
        outer_ref_columns: subquery.outer_ref_columns.clone(),
        spans: Spans::new(),
    })
}

/// Returns the value of a row, the order of rows, and the plan that both are read from.
fn ordered(query: &LogicalPlan, value: Expr) -> (Expr, Vec<SortExpr>, LogicalPlan) {
    match query {
        LogicalPlan::Sort(Sort { expr, .. }) => (value, expr.clone(), query.clone()),
        LogicalPlan::Limit(limit) => {
            let (value, order_by, input) = ordered(&limit.input, value);
            let limit = Limit { input: Arc::new(input), ..limit.clone() };
            (value, order_by, LogicalPlan::Limit(limit))
        }
        LogicalPlan::Projection(Projection { expr, input, .. })
            if expr.len() == 1 && is_sorted(input) =>
        {
            ordered(input, expr[0].clone().unalias())
        }
        other => (value, Vec::new(), other.clone()),
    }
}

fn is_sorted(plan: &LogicalPlan) -> bool {
    match plan {
        LogicalPlan::Sort(_) => true,
        LogicalPlan::Limit(limit) => is_sorted(&limit.input),
        _ => false,
    }
}
