//! Intervals are compared by their length: 24 hours are a day, 30 days a month. Their opposite is checked.

use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::{Between, InList, InSubquery, SetComparison};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{
    BinaryExpr, Expr, ExprSchemable, LogicalPlanBuilder, Operator, Subquery,
};
use std::sync::Arc;

/// Replaces intervals in comparisons, ranges, lists, partitions and `count(DISTINCT …)` by their lengths, and `-` of one
/// by a checked function.
#[derive(Debug)]
pub struct IntervalOrderRewrite;

impl FunctionRewrite for IntervalOrderRewrite {
    fn name(&self) -> &'static str {
        "ddsql_interval_order"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::BinaryExpr(BinaryExpr { left, op, right })
                if is_comparison(op)
                    && is_interval(&left, schema)?
                    && is_interval(&right, schema)? =>
            {
                let (left, right) = (Box::new(length(*left)?), Box::new(length(*right)?));
                Ok(Transformed::yes(Expr::BinaryExpr(BinaryExpr { left, op, right })))
            }
            Expr::Between(Between { expr: value, negated, low, high })
                if is_interval(&value, schema)? =>
            {
                let [value, low, high] = [value, low, high].map(|part| length(*part).map(Box::new));
                Ok(Transformed::yes(Expr::Between(Between::new(value?, negated, low?, high?))))
            }
            Expr::InList(InList { expr: value, list, negated }) if is_interval(&value, schema)? => {
                let list = list.into_iter().map(length).collect::<Result<Vec<_>>>()?;
                let value = Box::new(length(*value)?);
                Ok(Transformed::yes(Expr::InList(InList::new(value, list, negated))))
            }
            Expr::InSubquery(InSubquery { expr: value, subquery, negated })
                if is_interval(&value, schema)? =>
            {
                let value = Box::new(length(*value)?);
                let subquery = lengths(subquery)?;
                Ok(Transformed::yes(Expr::InSubquery(InSubquery::new(value, subquery, negated))))
            }
            Expr::SetComparison(SetComparison { expr: value, subquery, op, quantifier })
                if is_interval(&value, schema)? =>
            {
                let (value, subquery) = (Box::new(length(*value)?), lengths(subquery)?);
                let comparison = SetComparison::new(value, subquery, op, quantifier);
                Ok(Transformed::yes(Expr::SetComparison(comparison)))
            }
            Expr::AggregateFunction(mut call)
                if call.params.distinct && call.func.name() == "count" =>
            {
                let changed = by_length(&mut call.params.args, schema)?;
                let call = Expr::AggregateFunction(call);
                Ok(if changed { Transformed::yes(call) } else { Transformed::no(call) })
            }
            // DataFusion would group by the intervals themselves, but not where there is an order.
            Expr::AggregateFunction(mut call)
                if call.params.distinct
                    && call.params.order_by.is_empty()
                    && ["sum", "avg"].contains(&call.func.name())
                    && is_interval(&call.params.args[0], schema)? =>
            {
                let order = length(call.params.args[0].clone())?;
                call.params.order_by.push(order.sort(true, false));
                Ok(Transformed::yes(Expr::AggregateFunction(call)))
            }
            Expr::WindowFunction(mut call) => {
                let changed = by_length(&mut call.params.partition_by, schema)?;
                let call = Expr::WindowFunction(call);
                Ok(if changed { Transformed::yes(call) } else { Transformed::no(call) })
            }
            Expr::Negative(value) if is_interval(&value, schema)? => {
                Ok(Transformed::yes(functions::call("__interval_negative", vec![*value])?))
            }
            other => Ok(Transformed::no(other)),
        }
    }
}

fn is_comparison(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Eq
            | Operator::NotEq
            | Operator::Lt
            | Operator::LtEq
            | Operator::Gt
            | Operator::GtEq
            | Operator::IsDistinctFrom
            | Operator::IsNotDistinctFrom
    )
}

fn is_interval(expr: &Expr, schema: &DFSchema) -> Result<bool> {
    Ok(matches!(expr.get_type(schema)?, DataType::Interval(_)))
}

/// Replaces the intervals among values by their lengths; tells whether there was one.
fn by_length(values: &mut [Expr], schema: &DFSchema) -> Result<bool> {
    let mut changed = false;
    for value in values {
        if is_interval(value, schema)? {
            *value = length(value.clone())?;
            changed = true;
        }
    }
    Ok(changed)
}

/// Returns a subquery whose only column is the length of what it was.
fn lengths(subquery: Subquery) -> Result<Subquery> {
    let plan = subquery.subquery.as_ref().clone();
    let columns = plan.schema().columns().into_iter().map(|column| length(Expr::Column(column)));
    let columns = columns.collect::<Result<Vec<_>>>()?;
    let plan = LogicalPlanBuilder::from(plan).project(columns)?.build()?;
    Ok(Subquery { subquery: Arc::new(plan), ..subquery })
}

fn length(interval: Expr) -> Result<Expr> {
    functions::call("__interval_length", vec![interval])
}
