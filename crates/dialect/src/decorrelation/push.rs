//! Computes a subquery for every value of a domain at once: what it uses of the outer query comes in at its
//! leaves, as a relation, and stays with every row on the way up.

use super::Unnesting;
use super::domain::Domain;
use super::{push_aggregate, push_join, push_limit};
use datafusion::common::tree_node::TreeNode;
use datafusion::common::{Column, Result, TableReference, not_impl_err};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::{conjunction, split_conjunction_owned};
use datafusion::logical_expr::{
    BinaryExpr, Distinct, DistinctOn, Expr, ExprSchemable, Filter, LogicalPlan, LogicalPlanBuilder,
    Operator, Projection, Sort, SubqueryAlias, Union, Unnest,
};
use std::sync::Arc;

/// A subquery computed for every value of a domain.
pub(super) struct Pushed {
    /// The rows; beside the columns of the subquery they have those of the keys.
    pub(super) plan: LogicalPlan,
    /// The columns that hold the items of the domain.
    pub(super) keys: Vec<Column>,
}

impl Pushed {
    /// Returns the keys, and the columns that are carried with them, as expressions.
    pub(super) fn key_columns(&self, domain: &Domain) -> Vec<Expr> {
        let mut columns: Vec<Expr> = Vec::new();
        for column in domain.carried.iter().chain(&self.keys) {
            let column = Expr::Column(column.clone());
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// Returns the keys as values of the items.
    pub(super) fn values(&self) -> Vec<Expr> {
        self.keys.iter().cloned().map(Expr::Column).collect()
    }

    /// Replaces the items in an expression, which keeps its name.
    pub(super) fn named(&self, domain: &Domain, expr: &Expr) -> Result<Expr> {
        let name = NamePreserver::new_for_projection().save(expr);
        Ok(name.restore(domain.replace(expr.clone(), &self.values())?))
    }
}

impl Unnesting {
    /// Computes a subquery for every value of a domain.
    pub(super) fn push(&self, plan: &LogicalPlan, domain: &Domain) -> Result<Pushed> {
        if !domain.is_used_by(plan)? {
            return self.beside_domain(plan, domain);
        }
        match plan {
            LogicalPlan::Projection(Projection { expr, input, .. }) => {
                let pushed = self.push(input, domain)?;
                let mut exprs = expr
                    .iter()
                    .map(|expr| pushed.named(domain, expr))
                    .collect::<Result<Vec<_>>>()?;
                exprs.extend(pushed.key_columns(domain));
                let plan = LogicalPlanBuilder::from(pushed.plan).project(exprs)?.build()?;
                Ok(Pushed { plan, keys: pushed.keys })
            }
            LogicalPlan::Filter(filter) => self.push_filter(filter, domain),
            LogicalPlan::SubqueryAlias(SubqueryAlias { input, alias, .. }) => {
                let pushed = self.push(input, domain)?;
                let mut exprs = requalified(input, alias);
                exprs.extend(pushed.key_columns(domain));
                let plan = LogicalPlanBuilder::from(pushed.plan).project(exprs)?.build()?;
                Ok(Pushed { plan, keys: pushed.keys })
            }
            LogicalPlan::Subquery(subquery) => self.push(&subquery.subquery, domain),
            LogicalPlan::Distinct(Distinct::All(input)) => {
                let pushed = self.push(input, domain)?;
                let mut exprs: Vec<Expr> =
                    input.schema().columns().into_iter().map(Expr::Column).collect();
                exprs.extend(pushed.key_columns(domain));
                let builder = LogicalPlanBuilder::from(pushed.plan).project(exprs)?.distinct()?;
                Ok(Pushed { plan: builder.build()?, keys: pushed.keys })
            }
            LogicalPlan::Distinct(Distinct::On(distinct)) => {
                self.push_distinct_on(distinct, domain)
            }
            LogicalPlan::Sort(Sort { input, fetch: None, .. }) => self.push(input, domain),
            LogicalPlan::Unnest(Unnest { input, exec_columns, options, .. }) => {
                let pushed = self.push(input, domain)?;
                let builder = LogicalPlanBuilder::from(pushed.plan);
                let builder =
                    builder.unnest_columns_with_options(exec_columns.clone(), options.clone())?;
                Ok(Pushed { plan: builder.build()?, keys: pushed.keys })
            }
            LogicalPlan::Union(union) => self.push_union(union, domain),
            LogicalPlan::Values(values) => {
                let rows = super::values::as_projections(values)?;
                self.push(&rows, domain)
            }
            LogicalPlan::Aggregate(aggregate) => push_aggregate::aggregate(self, aggregate, domain),
            LogicalPlan::Window(window) => push_aggregate::window(self, window, domain),
            LogicalPlan::Join(join) => push_join::join(self, join, domain),
            LogicalPlan::Limit(limit) => push_limit::limit(self, limit, domain),
            _ => not_impl_err!("a reference to the outer query in this part of a subquery"),
        }
    }

    /// Joins every row of a plan that uses no item with every value of the domain.
    pub(super) fn beside_domain(&self, plan: &LogicalPlan, domain: &Domain) -> Result<Pushed> {
        let (relation, keys) = domain.relation(&self.names)?;
        let plan = match plan {
            LogicalPlan::EmptyRelation(empty)
                if empty.produce_one_row && empty.schema.fields().is_empty() =>
            {
                relation
            }
            _ => LogicalPlanBuilder::from(plan.clone()).cross_join(relation)?.build()?,
        };
        Ok(Pushed { plan, keys })
    }

    fn push_filter(&self, filter: &Filter, domain: &Domain) -> Result<Pushed> {
        let conditions = split_conjunction_owned(filter.predicate.clone());
        if domain.carried.is_empty()
            && !domain.is_used_by(&filter.input)?
            && let Some(bound) = self.bound_by_equality(filter, &conditions, domain)?
        {
            return Ok(bound);
        }
        let pushed = self.push(&filter.input, domain)?;
        let predicate = domain.replace(filter.predicate.clone(), &pushed.values())?;
        let plan = LogicalPlanBuilder::from(pushed.plan).filter(predicate)?.build()?;
        Ok(Pushed { plan, keys: pushed.keys })
    }

    /// Takes the items from the inner expressions that they must be equal to, which needs no domain.
    ///
    /// The rows may then be those of more values than the domain has; what they are joined with decides.
    fn bound_by_equality(
        &self,
        filter: &Filter,
        conditions: &[Expr],
        domain: &Domain,
    ) -> Result<Option<Pushed>> {
        let mut bound: Vec<Option<Expr>> = vec![None; domain.items.len()];
        let mut others = Vec::new();
        for condition in conditions {
            match equality(condition, filter, domain)? {
                Some((number, value)) if bound[number].is_none() => bound[number] = Some(value),
                _ => others.push(condition.clone()),
            }
        }
        let Some(values) = bound.into_iter().collect::<Option<Vec<Expr>>>() else {
            return Ok(None);
        };
        // An equality that binds also says that the value is not NULL.
        let mut conditions: Vec<Expr> =
            values.iter().map(|value| value.clone().is_not_null()).collect();
        for other in others {
            conditions.push(domain.replace(other, &values)?);
        }
        let relation = self.names.relation("bound");
        let keys: Vec<Column> =
            (0..values.len()).map(|number| super::names::key(&relation, number)).collect();
        let mut exprs: Vec<Expr> =
            filter.input.schema().columns().into_iter().map(Expr::Column).collect();
        exprs.extend(
            values
                .into_iter()
                .zip(&keys)
                .map(|(value, key)| value.alias_qualified(key.relation.clone(), key.name.clone())),
        );
        let builder = LogicalPlanBuilder::new_from_arc(Arc::clone(&filter.input));
        let builder = match conjunction(conditions) {
            Some(condition) => builder.filter(condition)?,
            None => builder,
        };
        Ok(Some(Pushed { plan: builder.project(exprs)?.build()?, keys }))
    }

    fn push_distinct_on(&self, distinct: &DistinctOn, domain: &Domain) -> Result<Pushed> {
        let pushed = self.push(&distinct.input, domain)?;
        let keys = pushed.key_columns(domain);
        let values = pushed.values();
        let mut on = keys.clone();
        for expr in &distinct.on_expr {
            on.push(domain.replace(expr.clone(), &values)?);
        }
        let mut selected = Vec::new();
        for expr in &distinct.select_expr {
            selected.push(pushed.named(domain, expr)?);
        }
        selected.extend(keys.clone());
        let sort = match &distinct.sort_expr {
            Some(orders) => {
                let mut sort: Vec<_> =
                    keys.iter().map(|key| key.clone().sort(true, false)).collect();
                for order in orders {
                    let expr = domain.replace(order.expr.clone(), &values)?;
                    sort.push(order.with_expr(expr));
                }
                Some(sort)
            }
            None => None,
        };
        let builder = LogicalPlanBuilder::from(pushed.plan).distinct_on(on, selected, sort)?;
        Ok(Pushed { plan: builder.build()?, keys: pushed.keys })
    }

    fn push_union(&self, union: &Union, domain: &Domain) -> Result<Pushed> {
        let relation = self.names.relation("union");
        let keys: Vec<Column> =
            (0..domain.items.len()).map(|number| super::names::key(&relation, number)).collect();
        let mut inputs = Vec::new();
        for input in &union.inputs {
            let pushed = self.push(input, domain)?;
            let columns = input.schema().columns().into_iter().zip(union.schema.columns());
            let mut exprs: Vec<Expr> = columns
                .map(|(column, named)| {
                    Expr::Column(column).alias_qualified(named.relation, named.name)
                })
                .collect();
            exprs.extend(domain.carried.iter().cloned().map(Expr::Column));
            exprs.extend(
                pushed.values().into_iter().zip(&keys).map(|(value, key)| {
                    value.alias_qualified(key.relation.clone(), key.name.clone())
                }),
            );
            inputs.push(Arc::new(LogicalPlanBuilder::from(pushed.plan).project(exprs)?.build()?));
        }
        let mut named: Vec<Column> = union.schema.columns();
        named.extend(domain.carried.iter().cloned());
        named.extend(keys.iter().cloned());
        let union = LogicalPlan::Union(Union::try_new_with_loose_types(inputs)?);
        let columns = union.schema().columns();
        let exprs: Vec<Expr> = columns
            .into_iter()
            .zip(named)
            .map(|(column, named)| {
                if column == named {
                    Expr::Column(column)
                } else {
                    Expr::Column(column).alias_qualified(named.relation, named.name)
                }
            })
            .collect();
        Ok(Pushed { plan: LogicalPlanBuilder::from(union).project(exprs)?.build()?, keys })
    }
}

/// Returns the item that a condition makes equal to an inner expression, and that expression.
fn equality(condition: &Expr, filter: &Filter, domain: &Domain) -> Result<Option<(usize, Expr)>> {
    let Expr::BinaryExpr(BinaryExpr { left, op: Operator::Eq, right }) = condition else {
        return Ok(None);
    };
    for (item, value) in [(left, right), (right, left)] {
        let Some(number) = domain.position(item)? else {
            continue;
        };
        let is_inner = !value.exists(|part| Ok(matches!(part, Expr::OuterReferenceColumn(..))))?
            && !value.is_volatile();
        let schema = filter.input.schema();
        let data_type = value.get_type(schema)?;
        // 0 and -0 are equal and differ as keys.
        if is_inner && !data_type.is_floating() && data_type == item.get_type(schema)? {
            return Ok(Some((number, value.as_ref().clone())));
        }
    }
    Ok(None)
}

/// Returns the columns of a plan under the name of a relation.
pub(super) fn requalified(plan: &LogicalPlan, alias: &TableReference) -> Vec<Expr> {
    let columns = plan.schema().columns().into_iter();
    columns
        .map(|column| {
            let name = column.name.clone();
            Expr::Column(column).alias_qualified(Some(alias.clone()), name)
        })
        .collect()
}
