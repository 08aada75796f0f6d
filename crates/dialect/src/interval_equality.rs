//! Intervals of one length are equal wherever rows are grouped, told apart or joined: 24 hours and one day are.

use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, DFSchema, JoinConstraint, Result};
use datafusion::functions_aggregate::first_last::first_value_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::utils::grouping_set_to_exprlist;
use datafusion::logical_expr::{
    Aggregate, Distinct, DistinctOn, Expr, ExprSchemable, GroupingSet, Join, LogicalPlan,
    Projection, SortExpr, lit, when,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// Puts the lengths of intervals in their place where rows are compared; groups show the first of their intervals.
#[derive(Debug)]
pub struct IntervalEqualityRule;

impl AnalyzerRule for IntervalEqualityRule {
    fn name(&self) -> &'static str {
        "ddsql_interval_equality"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        let rewritten = plan.transform_up_with_subqueries(|node| match node {
            LogicalPlan::Distinct(Distinct::All(input)) if has_interval(input.schema()) => {
                let columns = input.schema().columns().into_iter().map(Expr::Column).collect();
                Ok(Transformed::yes(grouped(&Aggregate::try_new(input, columns, Vec::new())?)?))
            }
            LogicalPlan::Distinct(Distinct::On(distinct)) => distinct_on(distinct),
            LogicalPlan::Aggregate(aggregate) => {
                let groups = grouping_set_to_exprlist(&aggregate.group_expr)?;
                if any_interval(groups.into_iter(), aggregate.input.schema())? {
                    return Ok(Transformed::yes(grouped(&aggregate)?));
                }
                Ok(Transformed::no(LogicalPlan::Aggregate(aggregate)))
            }
            LogicalPlan::Join(join) => joined(join),
            other => Ok(Transformed::no(other)),
        })?;
        Ok(rewritten.data)
    }
}

fn is_interval(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Interval(_))
}

fn has_interval(schema: &DFSchema) -> bool {
    schema.fields().iter().any(|field| is_interval(field.data_type()))
}

fn any_interval<'a>(mut exprs: impl Iterator<Item = &'a Expr>, schema: &DFSchema) -> Result<bool> {
    exprs.try_fold(false, |found, expr| Ok(found || is_interval(&expr.get_type(schema)?)))
}

/// Returns what an expression is compared by.
fn compared(expr: Expr, schema: &DFSchema) -> Result<Expr> {
    if is_interval(&expr.get_type(schema)?) {
        return functions::call("__interval_length", vec![expr]);
    }
    Ok(expr)
}

fn all_compared(exprs: &[Expr], schema: &DFSchema) -> Result<Vec<Expr>> {
    exprs.iter().map(|expr| compared(expr.clone(), schema)).collect()
}

/// Groups by lengths, and gives the columns of groups the first interval of each.
fn grouped(aggregate: &Aggregate) -> Result<LogicalPlan> {
    let input = &aggregate.input;
    let schema = input.schema();
    let groups = grouping_set_to_exprlist(&aggregate.group_expr)?;
    let mut aggregates = aggregate.aggr_expr.clone();
    let mut firsts = Vec::with_capacity(groups.len());
    for (place, group) in groups.iter().enumerate() {
        let mut first = None;
        if is_interval(&group.get_type(schema)?) {
            let name = format!("__first_{place}");
            let value = vec![(*group).clone()];
            let call = AggregateFunction::new_udf(
                first_value_udaf(),
                value,
                false,
                None,
                Vec::new(),
                None,
            );
            aggregates.push(Expr::AggregateFunction(call).alias(&name));
            first = Some(Expr::Column(Column::from_name(name)));
        }
        firsts.push(first);
    }
    let by_length = group_exprs(&aggregate.group_expr, schema)?;
    let by_length = Aggregate::try_new(Arc::clone(input), by_length, aggregates)?;
    let mut columns = Vec::with_capacity(aggregate.schema.fields().len());
    for (place, (qualifier, field)) in aggregate.schema.iter().enumerate() {
        let key = Expr::Column(Column::from(by_length.schema.qualified_field(place)));
        columns.push(match firsts.get(place).cloned().flatten() {
            // Where a set of groups leaves the column out, its length is NULL.
            Some(first) => when(key.is_not_null(), first)
                .otherwise(lit(datafusion::common::ScalarValue::IntervalMonthDayNano(None)))?
                .alias_qualified(qualifier.cloned(), field.name()),
            None => key,
        });
    }
    let by_length = Arc::new(LogicalPlan::Aggregate(by_length));
    Ok(LogicalPlan::Projection(Projection::try_new(columns, by_length)?))
}

fn group_exprs(exprs: &[Expr], schema: &DFSchema) -> Result<Vec<Expr>> {
    let [Expr::GroupingSet(set)] = exprs else { return all_compared(exprs, schema) };
    let set = match set {
        GroupingSet::Rollup(exprs) => GroupingSet::Rollup(all_compared(exprs, schema)?),
        GroupingSet::Cube(exprs) => GroupingSet::Cube(all_compared(exprs, schema)?),
        GroupingSet::GroupingSets(sets) => {
            let sets = sets.iter().map(|exprs| all_compared(exprs, schema));
            GroupingSet::GroupingSets(sets.collect::<Result<_>>()?)
        }
    };
    Ok(vec![Expr::GroupingSet(set)])
}

fn distinct_on(distinct: DistinctOn) -> Result<Transformed<LogicalPlan>> {
    let schema = distinct.input.schema();
    if !any_interval(distinct.on_expr.iter(), schema)? {
        return Ok(Transformed::no(LogicalPlan::Distinct(Distinct::On(distinct))));
    }
    let on = all_compared(&distinct.on_expr, schema)?;
    let orders =
        distinct.sort_expr.iter().flatten().map(|order| {
            Ok(SortExpr { expr: compared(order.expr.clone(), schema)?, ..order.clone() })
        });
    let orders = orders.collect::<Result<Vec<_>>>()?;
    let orders = distinct.sort_expr.is_some().then_some(orders);
    let distinct = DistinctOn::try_new(on, distinct.select_expr, orders, distinct.input)?;
    Ok(Transformed::yes(LogicalPlan::Distinct(Distinct::On(distinct))))
}

fn joined(mut join: Join) -> Result<Transformed<LogicalPlan>> {
    let (left, right) = (Arc::clone(&join.left), Arc::clone(&join.right));
    let mut has_changed = false;
    for (first, second) in &mut join.on {
        if is_interval(&first.get_type(left.schema())?)
            && is_interval(&second.get_type(right.schema())?)
        {
            *first = compared(first.clone(), left.schema())?;
            *second = compared(second.clone(), right.schema())?;
            has_changed = true;
        }
    }
    if has_changed {
        // What is joined by is no column any more.
        join.join_constraint = JoinConstraint::On;
    }
    let join = LogicalPlan::Join(join);
    Ok(if has_changed { Transformed::yes(join) } else { Transformed::no(join) })
}
