//! Aggregates and windows of a subquery, for every value of a domain.

use super::Unnesting;
use super::domain::Domain;
use super::push::Pushed;
use datafusion::common::{Column, Result, not_impl_err};
use datafusion::logical_expr::expr::WindowFunctionParams;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::grouping_set_to_exprlist;
use datafusion::logical_expr::{
    Aggregate, Expr, ExprSchemable, JoinType, LogicalPlan, LogicalPlanBuilder, Window,
};
use datafusion::prelude::coalesce;
use std::sync::Arc;

/// Groups by the domain as well; without GROUP BY there is a row for every value, also where nothing is grouped.
pub(super) fn aggregate(
    unnesting: &Unnesting,
    aggregate: &Aggregate,
    domain: &Domain,
) -> Result<Pushed> {
    if matches!(aggregate.group_expr.as_slice(), [Expr::GroupingSet(_)]) {
        return not_impl_err!("a reference to the outer query beside grouping sets");
    }
    let pushed = unnesting.push(&aggregate.input, domain)?;
    let mut groups = Vec::new();
    for group in grouping_set_to_exprlist(&aggregate.group_expr)? {
        groups.push(pushed.named(domain, group)?);
    }
    groups.extend(pushed.key_columns(domain));
    let mut aggregates = Vec::new();
    for expr in &aggregate.aggr_expr {
        aggregates.push(pushed.named(domain, expr)?);
    }
    let keys = pushed.keys.clone();
    let grouped = Aggregate::try_new(Arc::new(pushed.plan), groups, aggregates)?;
    let grouped = Pushed { plan: LogicalPlan::Aggregate(grouped), keys };
    if aggregate.group_expr.is_empty() {
        with_empty_groups(unnesting, aggregate, domain, grouped)
    } else {
        Ok(grouped)
    }
}

/// Adds the values of the domain that no row was grouped for.
fn with_empty_groups(
    unnesting: &Unnesting,
    aggregate: &Aggregate,
    domain: &Domain,
    grouped: Pushed,
) -> Result<Pushed> {
    let (relation, keys) = domain.relation(&unnesting.names)?;
    let on = keys.iter().zip(&grouped.keys);
    let on: Vec<(Expr, Expr)> =
        on.map(|(left, right)| (Expr::Column(left.clone()), Expr::Column(right.clone()))).collect();
    let joined = super::equal_join(relation, grouped.plan, on, None, JoinType::Left)?;
    let mut exprs = Vec::new();
    for (expr, column) in aggregate.aggr_expr.iter().zip(aggregate.schema.columns()) {
        exprs.push(or_empty_value(expr, column, aggregate)?);
    }
    exprs.extend(keys.iter().cloned().map(Expr::Column));
    Ok(Pushed { plan: LogicalPlanBuilder::from(joined).project(exprs)?.build()?, keys })
}

/// Returns the column of an aggregate, or where it is NULL its value over no rows: 0 for a count.
fn or_empty_value(expr: &Expr, column: Column, aggregate: &Aggregate) -> Result<Expr> {
    let Expr::AggregateFunction(function) = without_alias(expr) else {
        return Ok(Expr::Column(column));
    };
    let data_type = expr.get_type(aggregate.input.schema())?;
    let empty = function.func.default_value(&data_type)?;
    if empty.is_null() {
        return Ok(Expr::Column(column));
    }
    let (relation, name) = (column.relation.clone(), column.name.clone());
    let value = coalesce(vec![Expr::Column(column), Expr::Literal(empty, None)]);
    Ok(value.alias_qualified(relation, name))
}

fn without_alias(expr: &Expr) -> &Expr {
    match expr {
        Expr::Alias(alias) => without_alias(&alias.expr),
        other => other,
    }
}

/// Partitions every window by the domain as well.
pub(super) fn window(unnesting: &Unnesting, window: &Window, domain: &Domain) -> Result<Pushed> {
    let pushed = unnesting.push(&window.input, domain)?;
    let keys = pushed.key_columns(domain);
    let mut exprs = Vec::new();
    for expr in &window.window_expr {
        let name = NamePreserver::new_for_projection().save(expr);
        let expr = domain.replace(expr.clone(), &pushed.values())?;
        exprs.push(name.restore(partitioned(expr, &keys)));
    }
    let plan = LogicalPlan::Window(Window::try_new(exprs, Arc::new(pushed.plan))?);
    Ok(Pushed { plan, keys: pushed.keys })
}

fn partitioned(expr: Expr, keys: &[Expr]) -> Expr {
    match expr {
        Expr::WindowFunction(mut function) => {
            let WindowFunctionParams { partition_by, .. } = &mut function.params;
            partition_by.splice(0..0, keys.iter().cloned());
            Expr::WindowFunction(function)
        }
        Expr::Alias(mut alias) => {
            *alias.expr = partitioned(*alias.expr, keys);
            Expr::Alias(alias)
        }
        other => other,
    }
}
