//! LATERAL: the right side of a join uses columns of the left.

use super::domain::Domain;
use super::push::Pushed;
use super::{Unnesting, equal_join};
use datafusion::common::NullHandling;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::common::{JoinType, Result, Spans, not_impl_err};
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{
    Expr, Join, LogicalPlan, LogicalPlanBuilder, Projection, Subquery, Unnest,
};
use std::sync::Arc;

/// Tells whether the right side of a join uses columns of the left.
pub(super) fn is_lateral(join: &Join) -> Result<bool> {
    let mut is_lateral = false;
    join.right.apply(|node| {
        if let LogicalPlan::Subquery(subquery) = node {
            is_lateral = Domain::of(&subquery.subquery, &join.left)?.is_some();
        }
        Ok(if is_lateral { TreeNodeRecursion::Stop } else { TreeNodeRecursion::Continue })
    })?;
    Ok(is_lateral)
}

impl Unnesting {
    /// Joins the left side with what the right one is for its values.
    pub(super) fn lateral(&self, join: Join) -> Result<LogicalPlan> {
        if !matches!(join.join_type, JoinType::Inner | JoinType::Left) {
            return not_impl_err!("LATERAL on the right of a RIGHT or FULL JOIN");
        }
        let Some(domain) = Domain::of(&join.right, &join.left)? else {
            return Ok(LogicalPlan::Join(join));
        };
        let columns: Vec<Expr> = join.schema.columns().into_iter().map(Expr::Column).collect();
        let conditions: Vec<Expr> = join
            .on
            .iter()
            .map(|(left, right)| left.clone().eq(right.clone()))
            .chain(join.filter.clone())
            .filter(|condition| *condition != datafusion::logical_expr::lit(true))
            .collect();
        let condition = conjunction(conditions);
        let is_left = join.join_type == JoinType::Left;
        if let Some(right) = along_rows(&join.right, is_left)
            && !(is_left && condition.is_some())
        {
            let Pushed { plan, .. } = self.push(&right, &domain.of_rows())?;
            let builder = LogicalPlanBuilder::from(plan);
            let builder = match condition {
                Some(condition) => builder.filter(condition)?,
                None => builder,
            };
            return builder.project(columns)?.build();
        }
        let pushed = self.push(&join.right, &domain)?;
        let keys = pushed.values();
        let on = domain.items.iter().cloned().zip(keys).collect();
        let right = still_lateral(pushed.plan);
        let joined = equal_join(join.left.as_ref().clone(), right, on, condition, join.join_type)?;
        LogicalPlanBuilder::from(joined).project(columns)?.build()
    }
}

/// Keeps the mark of a plan that uses columns of a query further out.
fn still_lateral(plan: LogicalPlan) -> LogicalPlan {
    let references = plan.all_out_ref_exprs();
    if references.is_empty() {
        return plan;
    }
    LogicalPlan::Subquery(Subquery {
        subquery: Arc::new(plan),
        outer_ref_columns: references,
        spans: Spans::new(),
    })
}

/// Returns a plan that makes rows of nothing but the columns of one outer row, so that it can be computed along the
/// rows themselves; for a left join it keeps a row of NULLs where there is none.
fn along_rows(plan: &LogicalPlan, is_left: bool) -> Option<LogicalPlan> {
    match plan {
        LogicalPlan::EmptyRelation(empty) => {
            (empty.produce_one_row && empty.schema.fields().is_empty()).then(|| plan.clone())
        }
        LogicalPlan::Subquery(subquery) => along_rows(&subquery.subquery, is_left),
        LogicalPlan::SubqueryAlias(alias) => {
            let input = along_rows(&alias.input, is_left)?;
            plan.with_new_exprs(Vec::new(), vec![input]).ok()
        }
        LogicalPlan::Projection(Projection { expr, input, .. }) => {
            let is_plain = |expr: &Expr| matches!(expr.clone().unalias(), Expr::Column(_));
            if is_left && has_unnest(input) && !expr.iter().all(is_plain) {
                return None;
            }
            let input = along_rows(input, is_left)?;
            plan.with_new_exprs(expr.clone(), vec![input]).ok()
        }
        LogicalPlan::Filter(filter) if !is_left => {
            let input = along_rows(&filter.input, is_left)?;
            plan.with_new_exprs(vec![filter.predicate.clone()], vec![input]).ok()
        }
        LogicalPlan::Unnest(Unnest { input, exec_columns, options, .. }) => {
            if is_left && has_unnest(input) {
                return None;
            }
            let input = along_rows(input, is_left)?;
            let mut options = options.clone();
            if is_left {
                options = options.with_null_handling(NullHandling::PreserveAndExpandEmpty);
            }
            let builder = LogicalPlanBuilder::from(input);
            builder.unnest_columns_with_options(exec_columns.clone(), options).ok()?.build().ok()
        }
        _ => None,
    }
}

fn has_unnest(plan: &LogicalPlan) -> bool {
    plan.exists(|node| Ok(matches!(node, LogicalPlan::Unnest(_)))).unwrap_or(true)
}
