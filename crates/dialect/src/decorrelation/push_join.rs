//! Joins of a subquery, for every value of a domain.

use super::domain::Domain;
use super::push::Pushed;
use super::{Unnesting, equal_join};
use datafusion::common::{Column, JoinType, NullEquality, Result, not_impl_err};
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{
    Expr, Join, LogicalPlan, LogicalPlanBuilder, Operator, binary_expr,
};
use datafusion::prelude::coalesce;
use std::sync::Arc;

/// Brings the domain into the sides that need it; where both have it, they must agree.
pub(super) fn join(unnesting: &Unnesting, join: &Join, domain: &Domain) -> Result<Pushed> {
    let is_left = domain.is_used_by(&join.left)?;
    let is_right = domain.is_used_by(&join.right)?;
    // The side whose rows are all kept must have the domain, or they would be kept once for all its values.
    let (needs_left, needs_right) = match join.join_type {
        JoinType::Inner => (is_left || !is_right, is_right),
        JoinType::Left | JoinType::LeftSemi | JoinType::LeftAnti => (true, is_right),
        JoinType::Right | JoinType::RightSemi | JoinType::RightAnti => (is_left, true),
        JoinType::Full => (true, true),
        _ => return not_impl_err!("a reference to the outer query in a join that marks rows"),
    };
    let left = needs_left.then(|| unnesting.push(&join.left, domain)).transpose()?;
    let right = needs_right.then(|| unnesting.push(&join.right, domain)).transpose()?;
    let keys = |side: &Option<Pushed>| side.as_ref().map(|side| side.keys.clone());
    let (left_keys, right_keys) = (keys(&left), keys(&right));
    let Some(keys) = (match join.join_type {
        JoinType::Right | JoinType::RightSemi | JoinType::RightAnti => right_keys.clone(),
        _ => left_keys.clone().or_else(|| right_keys.clone()),
    }) else {
        return not_impl_err!("a reference to the outer query in this join");
    };
    let plan = |side: Option<Pushed>, original: &Arc<LogicalPlan>| {
        side.map_or_else(|| original.as_ref().clone(), |side| side.plan)
    };
    let joined = Sides {
        left: plan(left, &join.left),
        right: plan(right, &join.right),
        agreeing: match (left_keys, right_keys) {
            (Some(left), Some(right)) => left.into_iter().zip(right).collect(),
            _ => Vec::new(),
        },
    }
    .join(join, domain, &keys)?;
    if join.join_type == JoinType::Full {
        full(unnesting, join, domain, joined)
    } else {
        Ok(Pushed { plan: joined.plan, keys })
    }
}

/// The sides of a join, with the keys that must agree.
struct Sides {
    left: LogicalPlan,
    right: LogicalPlan,
    agreeing: Vec<(Column, Column)>,
}

struct Joined {
    plan: LogicalPlan,
    agreeing: Vec<(Column, Column)>,
}

impl Sides {
    fn join(self, join: &Join, domain: &Domain, keys: &[Column]) -> Result<Joined> {
        let values: Vec<Expr> = keys.iter().cloned().map(Expr::Column).collect();
        let replace = |expr: &Expr| domain.replace(expr.clone(), &values);
        let mut on = Vec::new();
        for (left, right) in &join.on {
            on.push((replace(left)?, replace(right)?));
        }
        let mut filters = Vec::new();
        if let Some(filter) = &join.filter {
            filters.push(replace(filter)?);
        }
        let agreeing =
            self.agreeing.iter().map(|(l, r)| (Expr::Column(l.clone()), Expr::Column(r.clone())));
        // One kind of equality holds for all keys of a join: that of the domain takes NULL for equal to NULL.
        let plan = if on.is_empty() || join.null_equality == NullEquality::NullEqualsNull {
            on.extend(agreeing);
            equal_join(self.left, self.right, on, conjunction(filters), join.join_type)?
        } else {
            filters.extend(agreeing.map(|(l, r)| binary_expr(l, Operator::IsNotDistinctFrom, r)));
            LogicalPlan::Join(Join::try_new(
                Arc::new(self.left),
                Arc::new(self.right),
                on,
                conjunction(filters),
                join.join_type,
                join.join_constraint,
                join.null_equality,
                join.null_aware,
            )?)
        };
        Ok(Joined { plan, agreeing: self.agreeing })
    }
}

/// Takes the keys from the side that a row of a full join has.
fn full(unnesting: &Unnesting, join: &Join, domain: &Domain, joined: Joined) -> Result<Pushed> {
    if !domain.carried.is_empty() {
        return not_impl_err!("a reference to the outer query in a full join");
    }
    let relation = unnesting.names.relation("full");
    let mut exprs: Vec<Expr> = join.schema.columns().into_iter().map(Expr::Column).collect();
    let mut keys = Vec::new();
    for (number, (left, right)) in joined.agreeing.into_iter().enumerate() {
        let key = super::names::key(&relation, number);
        let value = coalesce(vec![Expr::Column(left), Expr::Column(right)]);
        exprs.push(value.alias_qualified(key.relation.clone(), key.name.clone()));
        keys.push(key);
    }
    Ok(Pushed { plan: LogicalPlanBuilder::from(joined.plan).project(exprs)?.build()?, keys })
}
