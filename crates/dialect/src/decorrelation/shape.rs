//! What the shape of a subquery says about its rows.

use super::push_limit;
use datafusion::common::{Column, JoinType};
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{Distinct, Expr, Filter, LogicalPlan, Projection};

/// Tells whether a query has one row, whatever there is to read.
pub(super) fn has_one_row(plan: &LogicalPlan) -> bool {
    match plan {
        LogicalPlan::Projection(node) => has_one_row(&node.input),
        LogicalPlan::SubqueryAlias(node) => has_one_row(&node.input),
        LogicalPlan::Subquery(node) => has_one_row(&node.subquery),
        LogicalPlan::Sort(node) => has_one_row(&node.input),
        LogicalPlan::Distinct(Distinct::All(input)) => has_one_row(input),
        LogicalPlan::Aggregate(node) => node.group_expr.is_empty(),
        LogicalPlan::EmptyRelation(node) => node.produce_one_row,
        LogicalPlan::Values(node) => node.values.len() == 1,
        LogicalPlan::Window(node) => has_one_row(&node.input),
        _ => false,
    }
}

/// Tells whether a query has no more than one row.
pub(super) fn has_at_most_one_row(plan: &LogicalPlan) -> bool {
    match plan {
        _ if has_one_row(plan) => true,
        LogicalPlan::Projection(node) => has_at_most_one_row(&node.input),
        LogicalPlan::SubqueryAlias(node) => has_at_most_one_row(&node.input),
        LogicalPlan::Subquery(node) => has_at_most_one_row(&node.subquery),
        LogicalPlan::Sort(node) => has_at_most_one_row(&node.input),
        LogicalPlan::Filter(node) => has_at_most_one_row(&node.input),
        LogicalPlan::Distinct(Distinct::All(input)) => has_at_most_one_row(input),
        LogicalPlan::Limit(node) => push_limit::is_one(node) || has_at_most_one_row(&node.input),
        LogicalPlan::EmptyRelation(_) => true,
        LogicalPlan::Join(join) => {
            matches!(join.join_type, JoinType::Inner | JoinType::Left)
                && has_at_most_one_row(&join.left)
                && (has_at_most_one_row(&join.right))
        }
        _ => false,
    }
}

/// Takes off what does not change whether a query has rows.
pub(super) fn without_what_exists_ignores(plan: &LogicalPlan) -> &LogicalPlan {
    match plan {
        LogicalPlan::Projection(node) => without_what_exists_ignores(&node.input),
        LogicalPlan::SubqueryAlias(node) => without_what_exists_ignores(&node.input),
        LogicalPlan::Subquery(node) => without_what_exists_ignores(&node.subquery),
        LogicalPlan::Sort(node) => without_what_exists_ignores(&node.input),
        LogicalPlan::Distinct(Distinct::All(input)) => without_what_exists_ignores(input),
        LogicalPlan::Limit(limit) if push_limit::is_some(limit) => {
            without_what_exists_ignores(&limit.input)
        }
        other => other,
    }
}

/// A query of one value that reads a plan through filters.
pub(super) struct Filtered<'a> {
    pub(super) value: Expr,
    pub(super) conditions: Vec<Expr>,
    pub(super) input: &'a LogicalPlan,
}

/// Takes a query of one column apart, where nothing but filters stands between the column and what it reads.
pub(super) fn filtered(plan: &LogicalPlan) -> Option<Filtered<'_>> {
    match plan {
        LogicalPlan::Sort(node) => filtered(&node.input),
        LogicalPlan::Subquery(node) => filtered(&node.subquery),
        LogicalPlan::Distinct(Distinct::All(input)) => filtered(input),
        LogicalPlan::Projection(Projection { expr, input, .. }) => match expr.as_slice() {
            [value] => {
                let (conditions, input) = filters(input);
                Some(Filtered { value: value.clone().unalias(), conditions, input })
            }
            _ => None,
        },
        _ => None,
    }
}

/// Returns the conditions of the filters on top of a plan, and what they filter.
pub(super) fn filters(plan: &LogicalPlan) -> (Vec<Expr>, &LogicalPlan) {
    let mut conditions = Vec::new();
    let mut current = plan;
    while let LogicalPlan::Filter(Filter { predicate, input, .. }) = current {
        conditions.extend(split_conjunction_owned(predicate.clone()));
        current = input;
    }
    (conditions, current)
}

/// Returns the value of a query without FROM.
pub(super) fn only_expression(plan: &LogicalPlan) -> Option<Expr> {
    match plan {
        LogicalPlan::Subquery(node) => only_expression(&node.subquery),
        LogicalPlan::Projection(Projection { expr, input, .. }) => {
            let is_empty = matches!(
                input.as_ref(),
                LogicalPlan::EmptyRelation(empty) if empty.produce_one_row && empty.schema.fields().is_empty()
            );
            match expr.as_slice() {
                [value] if is_empty => Some(value.clone().unalias()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns the first column of a plan.
pub(super) fn first_column(plan: &LogicalPlan) -> Option<Column> {
    plan.schema().columns().into_iter().next()
}
