//! Subqueries as values: each becomes a column of what the query reads.

use super::domain::{self, Domain};
use super::names;
use super::{Unnesting, equal_join, is_subquery, shape};
use crate::functions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{Column, JoinType, Result, TableReference, internal_err};
use datafusion::functions_aggregate::expr_fn::{bool_or, count, first_value};
use datafusion::logical_expr::expr::{Exists, InSubquery, SetComparison, SetQuantifier};
use datafusion::logical_expr::{
    Aggregate, Expr, LogicalPlan, LogicalPlanBuilder, Operator, Subquery, binary_expr, lit, not,
    when,
};
use std::sync::Arc;

/// The column that holds the value.
const VALUE: &str = "value";
/// The column that counts rows.
const ROWS: &str = "rows";
/// The column that counts values that are not NULL.
const KNOWN: &str = "known";

impl Unnesting {
    /// Adds a column to a plan for each subquery in expressions over it, and puts those columns in their place.
    pub(super) fn with_values(
        &self,
        input: LogicalPlan,
        exprs: Vec<Expr>,
    ) -> Result<(LogicalPlan, Vec<Expr>)> {
        let mut input = Arc::new(input);
        let mut known: Vec<(Expr, Expr)> = Vec::new();
        let mut replaced = Vec::with_capacity(exprs.len());
        for expr in exprs {
            let expr = super::array::as_aggregates(expr)?.transform_up(|part| {
                if !is_subquery(&part) {
                    return Ok(Transformed::no(part));
                }
                if let Some((_, value)) = known.iter().find(|(subquery, _)| *subquery == part) {
                    return Ok(Transformed::yes(value.clone()));
                }
                let (joined, value) = self.value(&input, part.clone())?;
                input = Arc::new(joined);
                known.push((part, value.clone()));
                Ok(Transformed::yes(value))
            });
            replaced.push(expr.data()?);
        }
        Ok((Arc::unwrap_or_clone(input), replaced))
    }

    fn value(&self, input: &Arc<LogicalPlan>, subquery: Expr) -> Result<(LogicalPlan, Expr)> {
        match subquery {
            Expr::ScalarSubquery(subquery) => {
                let query = self.rewrite(Arc::unwrap_or_clone(subquery.subquery))?;
                self.scalar(input, &query)
            }
            Expr::Exists(Exists { subquery, negated }) => {
                let query = self.rewrite(Arc::unwrap_or_clone(subquery.subquery))?;
                self.exists(input, &query, negated)
            }
            Expr::InSubquery(InSubquery { expr, subquery, negated }) => {
                let query = self.rewrite(Arc::unwrap_or_clone(subquery.subquery))?;
                let (plan, value) = self.is_in(input, *expr, &query)?;
                Ok((plan, if negated { not(value) } else { value }))
            }
            Expr::SetComparison(comparison) => self.comparison(input, comparison),
            other => internal_err!("{other} is no subquery"),
        }
    }

    /// NULL where the query has no row; an error where it has several.
    fn scalar(&self, input: &Arc<LogicalPlan>, query: &LogicalPlan) -> Result<(LogicalPlan, Expr)> {
        if let Some(expr) = shape::only_expression(query) {
            return Ok((input.as_ref().clone(), domain::localized(expr, input.schema())?));
        }
        let Some(column) = shape::first_column(query) else {
            return internal_err!("a scalar subquery without a column");
        };
        let column = Expr::Column(column);
        let is_single = shape::has_at_most_one_row(query);
        let relation = self.names.relation("scalar");
        let value = Expr::Column(Column::new(Some(relation.clone()), VALUE));
        let rows = Expr::Column(Column::new(Some(relation.clone()), ROWS));
        let checked =
            if is_single { value } else { functions::call("__only_row", vec![value, rows])? };
        let one =
            vec![first_value(column.clone(), vec![]).alias(VALUE), count(lit(1_i64)).alias(ROWS)];
        let Some(domain) = Domain::of(query, input)? else {
            let builder = LogicalPlanBuilder::from(query.clone());
            let right = if is_single {
                builder.project(vec![column.alias(VALUE)])?
            } else {
                builder.aggregate(Vec::<Expr>::new(), one)?
            };
            let right = right.alias(relation)?.build()?;
            let left = input.as_ref().clone();
            let joined = if is_single && !shape::has_one_row(query) {
                equal_join(left, right, Vec::new(), None, JoinType::Left)?
            } else {
                LogicalPlanBuilder::from(left).cross_join(right)?.build()?
            };
            return Ok((joined, checked));
        };
        let pushed = self.push(query, &domain)?;
        let keys = named_keys(&relation, &pushed.keys);
        let right = if is_single {
            let values = std::iter::once(column.alias(VALUE)).chain(keys);
            LogicalPlanBuilder::from(pushed.plan).project(values)?.build()?
        } else {
            grouped(pushed.plan, &relation, &pushed.keys, one)?
        };
        Ok((joined_with(input, right, &relation, &domain, Vec::new())?, checked))
    }

    fn exists(
        &self,
        input: &Arc<LogicalPlan>,
        query: &LogicalPlan,
        negated: bool,
    ) -> Result<(LogicalPlan, Expr)> {
        let query = shape::without_what_exists_ignores(query);
        let relation = self.names.relation("exists");
        let value = Expr::Column(Column::new(Some(relation.clone()), VALUE));
        let Some(domain) = Domain::of(query, input)? else {
            let some = LogicalPlanBuilder::from(query.clone()).limit(0, Some(1))?;
            let rows = vec![count(lit(1_i64)).alias(VALUE)];
            let right = some.aggregate(Vec::<Expr>::new(), rows)?.alias(relation)?.build()?;
            let joined = LogicalPlanBuilder::new_from_arc(Arc::clone(input)).cross_join(right)?;
            let none = lit(0_i64);
            let value = if negated { value.eq(none) } else { value.gt(none) };
            return Ok((joined.build()?, value));
        };
        let pushed = self.push(query, &domain)?;
        let keys = named_keys(&relation, &pushed.keys);
        let keys = LogicalPlanBuilder::from(pushed.plan).project(keys)?.distinct()?.build()?;
        let mut columns: Vec<Expr> =
            keys.schema().columns().into_iter().map(Expr::Column).collect();
        columns.push(lit(true).alias(VALUE));
        let right = LogicalPlanBuilder::from(keys).project(columns)?.build()?;
        let joined = joined_with(input, right, &relation, &domain, Vec::new())?;
        Ok((joined, if negated { value.is_null() } else { value.is_not_null() }))
    }

    /// True where a row is equal; else NULL where one might be; else false.
    fn is_in(
        &self,
        input: &Arc<LogicalPlan>,
        needle: Expr,
        query: &LogicalPlan,
    ) -> Result<(LogicalPlan, Expr)> {
        let Some(column) = shape::first_column(query) else {
            return internal_err!("a subquery without a column after IN");
        };
        if let Some(expr) = shape::only_expression(query) {
            let equal = needle.eq(domain::localized(expr, input.schema())?);
            return Ok((input.as_ref().clone(), equal));
        }
        let column = Expr::Column(column);
        let (found, all) = (self.names.relation("found"), self.names.relation("all"));
        let of = |relation: &TableReference, name: &str| {
            Expr::Column(Column::new(Some(relation.clone()), name))
        };
        let counts = vec![count(lit(1_i64)).alias(ROWS), count(column.clone()).alias(KNOWN)];
        let (plan, keys, domain) = match Domain::of(query, input)? {
            Some(domain) => {
                let pushed = self.push(query, &domain)?;
                (pushed.plan, pushed.keys, Some(domain))
            }
            None => (query.clone(), Vec::new(), None),
        };
        let totals = grouped(plan.clone(), &all, &keys, counts)?;
        let known = LogicalPlanBuilder::from(plan)
            .filter(column.clone().is_not_null())?
            .project(std::iter::once(column.alias(VALUE)).chain(named_keys(&found, &keys)))?
            .distinct()?
            .build()?;
        let mut columns: Vec<Expr> =
            known.schema().columns().into_iter().map(Expr::Column).collect();
        columns.push(lit(true).alias(ROWS));
        let known = LogicalPlanBuilder::from(known).project(columns)?.build()?;
        let pair = vec![(needle.clone(), of(&found, VALUE))];
        let joined = if let Some(domain) = &domain {
            let joined = joined_with(input, totals, &all, domain, Vec::new())?;
            joined_with(&Arc::new(joined), known, &found, domain, pair)?
        } else {
            let totals = LogicalPlanBuilder::from(totals).alias(all.clone())?.build()?;
            let left = LogicalPlanBuilder::new_from_arc(Arc::clone(input)).cross_join(totals)?;
            let right = LogicalPlanBuilder::from(known).alias(found.clone())?.build()?;
            equal_join(left.build()?, right, pair, None, JoinType::Left)?
        };
        let has_rows = of(&all, ROWS);
        let is_empty = has_rows.clone().is_null().or(has_rows.clone().eq(lit(0_i64)));
        let is_open = needle.is_null().or(of(&all, KNOWN).lt(has_rows));
        let value = when(of(&found, ROWS).is_not_null(), lit(true))
            .when(is_empty, lit(false))
            .when(is_open, Expr::Literal(datafusion::common::ScalarValue::Boolean(None), None))
            .otherwise(lit(false))?;
        Ok((joined, value))
    }

    /// `x op ANY (…)` and `x op ALL (…)`.
    fn comparison(
        &self,
        input: &Arc<LogicalPlan>,
        comparison: SetComparison,
    ) -> Result<(LogicalPlan, Expr)> {
        let SetComparison { expr, subquery: Subquery { subquery, .. }, op, quantifier } =
            comparison;
        let query = self.rewrite(Arc::unwrap_or_clone(subquery))?;
        match (op, quantifier) {
            (Operator::Eq, SetQuantifier::Any) => return self.is_in(input, *expr, &query),
            (Operator::NotEq, SetQuantifier::All) => {
                let (plan, value) = self.is_in(input, *expr, &query)?;
                return Ok((plan, not(value)));
            }
            _ => {}
        }
        let Some(column) = shape::first_column(&query) else {
            return internal_err!("a subquery without a column after an operator");
        };
        let needle = domain::outer_references(*expr, input.schema())?;
        let holds = binary_expr(needle, op, Expr::Column(column)).alias(VALUE);
        let compared = LogicalPlanBuilder::from(query).project(vec![holds])?;
        let value = Expr::Column(Column::from_name(VALUE));
        let (decides, decided) = match quantifier {
            SetQuantifier::Any => (value.clone(), true),
            SetQuantifier::All => (not(value.clone()), false),
        };
        let name = |name: &str| Expr::Column(Column::from_name(name));
        let counts = vec![
            bool_or(decides).alias("decides"),
            count(lit(1_i64)).alias(ROWS),
            count(value).alias(KNOWN),
        ];
        let result = when(name("decides").is_true(), lit(decided))
            .when(
                name(KNOWN).lt(name(ROWS)),
                Expr::Literal(datafusion::common::ScalarValue::Boolean(None), None),
            )
            .otherwise(lit(!decided))?;
        let query = compared
            .aggregate(Vec::<Expr>::new(), counts)?
            .project(vec![result.alias(VALUE)])?
            .build()?;
        self.scalar(input, &query)
    }
}

/// Returns the keys under the names that the sides of a join expect.
pub(super) fn named_keys(relation: &TableReference, keys: &[Column]) -> Vec<Expr> {
    let numbered = keys.iter().cloned().enumerate();
    numbered
        .map(|(number, key)| Expr::Column(key).alias(names::key_name(relation, number)))
        .collect()
}

/// Groups rows by their keys.
fn grouped(
    plan: LogicalPlan,
    relation: &TableReference,
    keys: &[Column],
    aggregates: Vec<Expr>,
) -> Result<LogicalPlan> {
    let groups = named_keys(relation, keys);
    Ok(LogicalPlan::Aggregate(Aggregate::try_new(Arc::new(plan), groups, aggregates)?))
}

/// Joins a plan with what was computed for the values of its domain; a value without rows gives NULLs.
fn joined_with(
    input: &Arc<LogicalPlan>,
    right: LogicalPlan,
    relation: &TableReference,
    domain: &Domain,
    pairs: Vec<(Expr, Expr)>,
) -> Result<LogicalPlan> {
    let right = LogicalPlanBuilder::from(right).alias(relation.clone())?.build()?;
    let keys = domain.items.iter().cloned().enumerate();
    let mut on: Vec<(Expr, Expr)> =
        keys.map(|(number, item)| (item, Expr::Column(names::key(relation, number)))).collect();
    on.extend(pairs);
    equal_join(input.as_ref().clone(), right, on, None, JoinType::Left)
}
