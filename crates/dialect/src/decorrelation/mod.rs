//! Subqueries become joins, whatever they use of the query around them.
//!
//! The way is that of Neumann and Kemper, "Unnesting Arbitrary Queries" (BTW 2015): a subquery is computed once for
//! every value that it uses of the outer query, and joined with it on those values. DataFusion's own rules know the
//! patterns that need no such domain, and leave the others; `condition` and `value` have those patterns as well, so
//! that what runs is the same for them.

mod array;
mod condition;
mod domain;
mod lateral;
mod names;
mod push;
mod push_aggregate;
mod push_join;
mod push_limit;
mod shape;
mod value;
mod values;

use census_error::{Error, SqlState};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, JoinType, NullEquality, Result};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::{Expr, Join, JoinConstraint, LogicalPlan, LogicalPlanBuilder, Sort};
use datafusion::optimizer::AnalyzerRule;
use names::Names;
use std::sync::Arc;

/// Replaces every subquery in an expression, and every LATERAL, by a join.
#[derive(Debug)]
pub struct DecorrelationRule;

impl AnalyzerRule for DecorrelationRule {
    fn name(&self) -> &'static str {
        "ddsql_decorrelation"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        if !has_subqueries(&plan)? {
            return Ok(plan);
        }
        let plan = Unnesting::default().rewrite(plan)?;
        let plan = plan.transform_up(without_wrapper).data()?;
        match stray_reference(&plan)? {
            Some(column) => {
                let message = format!(
                    "subquery uses ungrouped column \"{}\" from outer query",
                    column.flat_name()
                );
                let error = Error::new(SqlState::GroupingError, message);
                Err(DataFusionError::External(Box::new(error)))
            }
            None => Ok(plan),
        }
    }
}

/// One statement's subqueries on their way to joins.
#[derive(Debug, Default)]
struct Unnesting {
    names: Names,
}

impl Unnesting {
    /// Replaces the subqueries of a plan; innermost ones first.
    fn rewrite(&self, plan: LogicalPlan) -> Result<LogicalPlan> {
        plan.transform_up(|node| self.replace(node.recompute_schema()?).map(Transformed::yes))
            .data()
    }

    fn replace(&self, node: LogicalPlan) -> Result<LogicalPlan> {
        let node = match node {
            LogicalPlan::Join(join) if lateral::is_lateral(&join)? => self.lateral(join)?,
            other => other,
        };
        if !has_subquery_expressions(&node)? {
            return Ok(node);
        }
        match node {
            LogicalPlan::Filter(filter) => self.filter(filter),
            LogicalPlan::Join(join) => self.join_condition(join),
            LogicalPlan::Values(values) => self.rewrite(values::as_projections(&values)?),
            LogicalPlan::Sort(Sort { expr, input, fetch }) => {
                let columns = input.schema().columns();
                let exprs = expr.iter().map(|order| order.expr.clone()).collect();
                let (input, exprs) = self.with_values(Arc::unwrap_or_clone(input), exprs)?;
                let orders =
                    expr.iter().zip(exprs).map(|(order, expr)| order.with_expr(expr)).collect();
                let sort = LogicalPlan::Sort(Sort { expr: orders, input: Arc::new(input), fetch });
                only(sort, columns)
            }
            other => self.replace_in_list(&other),
        }
    }

    /// Replaces the subqueries in the expressions of a plan with one input, whose columns they are.
    fn replace_in_list(&self, plan: &LogicalPlan) -> Result<LogicalPlan> {
        let columns = plan.schema().columns();
        let preserver = NamePreserver::new(plan);
        let exprs = plan.expressions();
        let saved: Vec<_> = exprs.iter().map(|expr| preserver.save(expr)).collect();
        let inputs = plan.inputs();
        let input = match inputs.as_slice() {
            [input] => (*input).clone(),
            _ => {
                return datafusion::common::not_impl_err!("a subquery in this part of a statement");
            }
        };
        let (input, exprs) = self.with_values(input, exprs)?;
        let exprs = saved.into_iter().zip(exprs).map(|(name, expr)| name.restore(expr)).collect();
        only(plan.with_new_exprs(exprs, vec![input])?, columns)
    }
}

/// Leaves of a plan the columns that it had before joins added theirs.
fn only(plan: LogicalPlan, columns: Vec<Column>) -> Result<LogicalPlan> {
    if plan.schema().fields().len() == columns.len() {
        return Ok(plan);
    }
    LogicalPlanBuilder::from(plan).project(columns.into_iter().map(Expr::Column))?.build()
}

/// Joins on keys of which NULL equals NULL.
fn equal_join(
    left: LogicalPlan,
    right: LogicalPlan,
    on: Vec<(Expr, Expr)>,
    filter: Option<Expr>,
    join_type: JoinType,
) -> Result<LogicalPlan> {
    Ok(LogicalPlan::Join(Join::try_new(
        Arc::new(left),
        Arc::new(right),
        on,
        filter,
        join_type,
        JoinConstraint::On,
        NullEquality::NullEqualsNull,
        false,
    )?))
}

/// Tells whether an expression is a subquery.
fn is_subquery(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Exists(_) | Expr::InSubquery(_) | Expr::ScalarSubquery(_) | Expr::SetComparison(_)
    )
}

fn has_subquery_expressions(plan: &LogicalPlan) -> Result<bool> {
    let mut has = false;
    plan.apply_expressions(|expr| {
        has = has || expr.exists(|part| Ok(is_subquery(part)))?;
        Ok(if has { TreeNodeRecursion::Stop } else { TreeNodeRecursion::Continue })
    })?;
    Ok(has)
}

fn has_subqueries(plan: &LogicalPlan) -> Result<bool> {
    plan.exists(|node| {
        Ok(matches!(node, LogicalPlan::Subquery(_)) || has_subquery_expressions(node)?)
    })
}

/// Takes away the mark of a lateral subquery that needs none.
fn without_wrapper(plan: LogicalPlan) -> Result<Transformed<LogicalPlan>> {
    match plan {
        LogicalPlan::Subquery(subquery) => {
            Ok(Transformed::yes(Arc::unwrap_or_clone(subquery.subquery)))
        }
        other => Ok(Transformed::yes(other.recompute_schema()?)),
    }
}

/// Returns a reference to an outer query that no outer query has answered.
fn stray_reference(plan: &LogicalPlan) -> Result<Option<Column>> {
    let mut found = None;
    plan.apply(|node| {
        node.apply_expressions(|expr| {
            expr.apply(|part| {
                if let Expr::OuterReferenceColumn(_, column) = part {
                    found = Some(column.clone());
                    return Ok(TreeNodeRecursion::Stop);
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    })?;
    Ok(found)
}
