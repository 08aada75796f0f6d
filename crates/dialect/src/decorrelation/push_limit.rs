//! LIMIT and OFFSET of a subquery, for every value of a domain.

use super::Unnesting;
use super::domain::Domain;
use super::push::{Pushed, requalified};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, Result, ScalarValue};
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, Limit, LogicalPlan, LogicalPlanBuilder, Projection, Sort, SortExpr,
    SubqueryAlias, Window, WindowFunctionDefinition, cast,
};
use std::sync::Arc;

/// Numbers the rows of each value in their order, and keeps those within the limit.
pub(super) fn limit(unnesting: &Unnesting, limit: &Limit, domain: &Domain) -> Result<Pushed> {
    let (numbered, number) = numbered(unnesting, &limit.input, domain)?;
    let values = numbered.values();
    let number = cast(Expr::Column(number), DataType::Int64);
    let bound = |expr: &Option<Box<Expr>>| -> Result<Option<Expr>> {
        match expr.as_deref() {
            Some(Expr::Literal(value, _)) if value.is_null() => Ok(None),
            Some(expr) => Ok(Some(cast(domain.replace(expr.clone(), &values)?, DataType::Int64))),
            None => Ok(None),
        }
    };
    let (skip, fetch) = (bound(&limit.skip)?, bound(&limit.fetch)?);
    let mut builder = LogicalPlanBuilder::from(numbered.plan);
    if let Some(skip) = &skip {
        builder = builder.filter(number.clone().gt(skip.clone()))?;
    }
    if let Some(fetch) = fetch {
        let last = match skip {
            Some(skip) => skip + fetch,
            None => fetch,
        };
        builder = builder.filter(number.lt_eq(last))?;
    }
    Ok(Pushed { plan: builder.build()?, keys: numbered.keys })
}

/// Computes a plan with a column that numbers the rows of each value in the order of the plan.
fn numbered(
    unnesting: &Unnesting,
    plan: &LogicalPlan,
    domain: &Domain,
) -> Result<(Pushed, Column)> {
    match plan {
        LogicalPlan::Projection(Projection { expr, input, .. }) => {
            let (pushed, number) = numbered(unnesting, input, domain)?;
            let mut exprs = Vec::new();
            for expr in expr {
                exprs.push(pushed.named(domain, expr)?);
            }
            projected(pushed, number, exprs, domain)
        }
        LogicalPlan::SubqueryAlias(SubqueryAlias { input, alias, .. }) => {
            let (pushed, number) = numbered(unnesting, input, domain)?;
            projected(pushed, number, requalified(input, alias), domain)
        }
        LogicalPlan::Sort(Sort { expr, input, .. }) => {
            let pushed = unnesting.push(input, domain)?;
            let mut orders = Vec::new();
            for order in expr {
                orders.push(order.with_expr(domain.replace(order.expr.clone(), &pushed.values())?));
            }
            with_number(unnesting, pushed, orders, domain)
        }
        _ => {
            let pushed = unnesting.push(plan, domain)?;
            with_number(unnesting, pushed, Vec::new(), domain)
        }
    }
}

fn projected(
    pushed: Pushed,
    number: Column,
    mut exprs: Vec<Expr>,
    domain: &Domain,
) -> Result<(Pushed, Column)> {
    exprs.extend(pushed.key_columns(domain));
    exprs.push(Expr::Column(number.clone()));
    let plan = LogicalPlanBuilder::from(pushed.plan).project(exprs)?.build()?;
    Ok((Pushed { plan, keys: pushed.keys }, number))
}

fn with_number(
    unnesting: &Unnesting,
    pushed: Pushed,
    orders: Vec<SortExpr>,
    domain: &Domain,
) -> Result<(Pushed, Column)> {
    let relation = unnesting.names.relation("rows");
    let number = Column::new(Some(relation.clone()), "number");
    let function = WindowFunctionDefinition::WindowUDF(row_number_udwf());
    let mut builder = Expr::from(WindowFunction::new(function, Vec::new()))
        .partition_by(pushed.key_columns(domain));
    if !orders.is_empty() {
        builder = builder.order_by(orders);
    }
    let expr = builder.build()?.alias_qualified(Some(relation), "number");
    let plan = LogicalPlan::Window(Window::try_new(vec![expr], Arc::new(pushed.plan))?);
    Ok((Pushed { plan, keys: pushed.keys }, number))
}

/// Tells whether a limit lets at most one row through.
pub(super) fn is_one(limit: &Limit) -> bool {
    matches!(limit.fetch.as_deref(), Some(Expr::Literal(ScalarValue::Int64(Some(0 | 1)), _)))
}

/// Tells whether a limit lets a row through wherever there is one.
pub(super) fn is_some(limit: &Limit) -> bool {
    limit.skip.is_none()
        && matches!(
            limit.fetch.as_deref(),
            None | Some(Expr::Literal(ScalarValue::Int64(Some(1..)), _))
        )
}
