//! Subqueries as conditions: EXISTS and IN that a row must fulfil become semi joins.

use super::domain::{self, Domain};
use super::names;
use super::shape::{self, Filtered};
use super::value::named_keys;
use super::{Unnesting, equal_join, is_subquery, only};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, JoinType, Result, not_impl_err};
use datafusion::logical_expr::expr::{Exists, InSubquery, SetComparison, SetQuantifier};
use datafusion::logical_expr::utils::{conjunction, split_conjunction_owned};
use datafusion::logical_expr::{Expr, Filter, Join, LogicalPlan, LogicalPlanBuilder, Operator};
use std::sync::Arc;

impl Unnesting {
    /// Filters by what needs no subquery first, then by semi joins, then by what is left.
    pub(super) fn filter(&self, filter: Filter) -> Result<LogicalPlan> {
        let columns = filter.input.schema().columns();
        let mut plain = Vec::new();
        let mut joins = Vec::new();
        let mut rest = Vec::new();
        for condition in split_conjunction_owned(filter.predicate) {
            if !condition.exists(|part| Ok(is_subquery(part)))? {
                plain.push(condition);
            } else if is_join(&condition)? {
                joins.push(condition);
            } else {
                rest.push(condition);
            }
        }
        let mut builder = LogicalPlanBuilder::from(Arc::unwrap_or_clone(filter.input));
        if let Some(condition) = conjunction(plain) {
            builder = builder.filter(condition)?;
        }
        let mut plan = builder.build()?;
        for condition in joins {
            plan = self.semi_join(plan, condition)?;
        }
        let (plan, rest) = self.with_values(plan, rest)?;
        let mut builder = LogicalPlanBuilder::from(plan);
        if let Some(condition) = conjunction(rest) {
            builder = builder.filter(condition)?;
        }
        only(builder.build()?, columns)
    }

    fn semi_join(&self, input: LogicalPlan, condition: Expr) -> Result<LogicalPlan> {
        let (needle, subquery, negated) = match condition {
            Expr::Exists(Exists { subquery, negated }) => (None, subquery, negated),
            Expr::InSubquery(InSubquery { expr, subquery, .. })
            | Expr::SetComparison(SetComparison { expr, subquery, .. }) => {
                (Some(*expr), subquery, false)
            }
            other => return not_impl_err!("a join for {other}"),
        };
        let join_type = if negated { JoinType::LeftAnti } else { JoinType::LeftSemi };
        let query = self.rewrite(Arc::unwrap_or_clone(subquery.subquery))?;
        let input = Arc::new(input);
        if let Some(joined) = self.direct(&input, needle.as_ref(), &query, join_type)? {
            return Ok(joined);
        }
        let relation = self.names.relation("semi");
        let mut on = Vec::new();
        let mut columns = Vec::new();
        let mut plan = query.clone();
        if let Some(domain) = Domain::of(&query, &input)? {
            let pushed = self.push(&query, &domain)?;
            for (number, item) in domain.items.iter().enumerate() {
                on.push((item.clone(), Expr::Column(names::key(&relation, number))));
            }
            columns.extend(named_keys(&relation, &pushed.keys));
            plan = pushed.plan;
        }
        let mut builder = LogicalPlanBuilder::from(plan);
        if let Some(needle) = needle
            && let Some(column) = shape::first_column(&query)
        {
            let value = Column::new(Some(relation.clone()), "value");
            on.push((needle, Expr::Column(value)));
            builder = builder.filter(Expr::Column(column.clone()).is_not_null())?;
            columns.push(Expr::Column(column).alias("value"));
        }
        if columns.is_empty() {
            columns.push(datafusion::logical_expr::lit(true).alias("value"));
            builder = builder.limit(0, Some(1))?;
        }
        let right = builder.project(columns)?.alias(relation)?.build()?;
        equal_join(input.as_ref().clone(), right, on, None, join_type)
    }

    /// Joins directly with what the subquery reads, where it only filters that: no domain is needed.
    fn direct(
        &self,
        input: &Arc<LogicalPlan>,
        needle: Option<&Expr>,
        query: &LogicalPlan,
        join_type: JoinType,
    ) -> Result<Option<LogicalPlan>> {
        let Filtered { value, conditions, input: read } = if needle.is_some() {
            match shape::filtered(query) {
                Some(filtered) => filtered,
                None => return Ok(None),
            }
        } else {
            let query = shape::without_what_exists_ignores(query);
            let (conditions, read) = shape::filters(query);
            Filtered { value: datafusion::logical_expr::lit(true), conditions, input: read }
        };
        let is_used = Domain::of(read, input)?.is_some();
        if is_used || (needle.is_none() && conditions.is_empty()) {
            return Ok(None);
        }
        let mut plain = Vec::new();
        let mut joining = Vec::new();
        for condition in conditions {
            if domain::is_correlated(&condition, input.schema())? {
                joining.push(condition);
            } else {
                plain.push(condition);
            }
        }
        if needle.is_none() && joining.is_empty() {
            return Ok(None);
        }
        // Both sides may have a table of the same name: the inner one gets another.
        let relation = self.names.relation("semi");
        let columns = read.schema().columns();
        let renamed = |expr: Expr| -> Result<Expr> {
            expr.transform_up(|part| match part {
                Expr::Column(column) => {
                    let number = columns.iter().position(|known| *known == column);
                    Ok(match number {
                        Some(number) => {
                            Transformed::yes(Expr::Column(names::key(&relation, number)))
                        }
                        None => Transformed::no(Expr::Column(column)),
                    })
                }
                other => Ok(Transformed::no(other)),
            })
            .data()
        };
        let mut filters = Vec::new();
        if let Some(needle) = needle {
            let value = domain::localized(renamed(value)?, input.schema())?;
            filters.push(needle.clone().eq(value));
        }
        for condition in joining {
            filters.push(domain::localized(renamed(condition)?, input.schema())?);
        }
        let mut builder = LogicalPlanBuilder::from(read.clone());
        if let Some(condition) = conjunction(plain) {
            builder = builder.filter(condition)?;
        }
        let right = builder.project(named_keys(&relation, &columns))?.alias(relation.clone())?;
        let joined = LogicalPlanBuilder::new_from_arc(Arc::clone(input));
        Ok(Some(joined.join_on(right.build()?, join_type, filters)?.build()?))
    }

    /// Takes subqueries out of the condition of a join.
    pub(super) fn join_condition(&self, join: Join) -> Result<LogicalPlan> {
        let columns = join.schema.columns();
        if join.join_type == JoinType::Inner {
            let on = join.on.into_iter().map(|(left, right)| left.eq(right));
            let Some(condition) = conjunction(on.chain(join.filter)) else {
                return not_impl_err!("a join without its condition");
            };
            let left = LogicalPlanBuilder::new_from_arc(join.left);
            let crossed = left.cross_join(Arc::unwrap_or_clone(join.right))?.build()?;
            return self.filter(Filter::try_new(condition, Arc::new(crossed))?);
        }
        let (mut left, mut right) = (join.left.as_ref().clone(), join.right.as_ref().clone());
        let mut filters = Vec::new();
        for condition in join.filter.into_iter().flat_map(split_conjunction_owned) {
            let uses_right = uses(&condition, &right)?;
            if uses_right
                && uses(&condition, &left)?
                && condition.exists(|part| Ok(is_subquery(part)))?
            {
                return not_impl_err!(
                    "a subquery that uses both sides in the condition of an outer join"
                );
            }
            let side = if uses_right { &mut right } else { &mut left };
            let (plan, mut values) = self.with_values(side.clone(), vec![condition])?;
            *side = plan;
            filters.append(&mut values);
        }
        let joined = Join::try_new(
            Arc::new(left),
            Arc::new(right),
            join.on,
            conjunction(filters),
            join.join_type,
            join.join_constraint,
            join.null_equality,
            join.null_aware,
        )?;
        only(LogicalPlan::Join(joined), columns)
    }
}

/// Tells whether a condition is fulfilled exactly where a semi or anti join keeps the row.
fn is_join(condition: &Expr) -> Result<bool> {
    let needle = match condition {
        Expr::Exists(_) => return Ok(true),
        Expr::InSubquery(InSubquery { expr, negated: false, .. })
        | Expr::SetComparison(SetComparison {
            expr,
            op: Operator::Eq,
            quantifier: SetQuantifier::Any,
            ..
        }) => expr,
        _ => return Ok(false),
    };
    Ok(!needle.exists(|part| Ok(is_subquery(part)))?)
}

/// Tells whether a condition, or a subquery in it, uses a plan's columns.
fn uses(condition: &Expr, plan: &LogicalPlan) -> Result<bool> {
    condition.exists(|part| {
        let subquery = match part {
            Expr::Column(column) => return Ok(plan.schema().has_column(column)),
            Expr::Exists(Exists { subquery, .. })
            | Expr::ScalarSubquery(subquery)
            | Expr::InSubquery(InSubquery { subquery, .. })
            | Expr::SetComparison(SetComparison { subquery, .. }) => subquery,
            _ => return Ok(false),
        };
        Ok(Domain::of(&subquery.subquery, &Arc::new(plan.clone()))?.is_some())
    })
}
