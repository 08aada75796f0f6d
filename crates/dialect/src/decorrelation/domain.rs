//! What a subquery uses of the query around it: the values it must be computed for, each once.

use super::names::{self, Names};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, DFSchema, ExprSchema, Result};
use datafusion::logical_expr::{Cast, Expr, LogicalPlan, LogicalPlanBuilder};
use std::sync::Arc;

/// Functions that never fail, so that their value may be computed for rows that do not need it.
const TOTAL_FUNCTIONS: [&str; 3] = ["__hstore_get", "lower", "upper"];

/// The values of the outer query that a subquery depends on.
#[derive(Debug)]
pub(super) struct Domain {
    /// Expressions over columns of the outer plan.
    pub(super) items: Vec<Expr>,
    /// Columns of the outer plan that follow the items unasked.
    pub(super) carried: Vec<Column>,
    outer: Arc<LogicalPlan>,
    /// Whether rows stand for themselves, so that equal ones must stay apart.
    keeps_rows: bool,
}

impl Domain {
    /// Returns what a subquery uses of an outer plan; `None` where it uses nothing.
    pub(super) fn of(subquery: &LogicalPlan, outer: &Arc<LogicalPlan>) -> Result<Option<Self>> {
        let mut items = Vec::new();
        subquery.apply_with_subqueries(|node| {
            node.apply_expressions(|expr| collect(expr, outer.schema(), &mut items))
        })?;
        let carried = Vec::new();
        let domain = Self { items, carried, outer: Arc::clone(outer), keeps_rows: false };
        Ok((!domain.items.is_empty()).then_some(domain))
    }

    /// Makes a domain of every row of the outer plan, with all its columns.
    pub(super) fn of_rows(self) -> Self {
        let carried = self.outer.schema().columns();
        Self { carried, keeps_rows: true, ..self }
    }

    /// Tells whether a plan uses any of the items.
    pub(super) fn is_used_by(&self, plan: &LogicalPlan) -> Result<bool> {
        Ok(Self::of(plan, &self.outer)?.is_some())
    }

    /// Returns the items as a relation of their own, each combination once.
    pub(super) fn relation(&self, names: &Names) -> Result<(LogicalPlan, Vec<Column>)> {
        let relation = names.relation("domain");
        let keys: Vec<Column> =
            (0..self.items.len()).map(|number| names::key(&relation, number)).collect();
        let items = self.items.iter().zip(&keys).map(|(item, key)| {
            item.clone().alias_qualified(key.relation.clone(), key.name.clone())
        });
        let carried = self.carried.iter().cloned().map(Expr::Column);
        let builder = LogicalPlanBuilder::new_from_arc(Arc::clone(&self.outer))
            .project(carried.chain(items).collect::<Vec<_>>())?;
        let builder = if self.keeps_rows { builder } else { builder.distinct()? };
        Ok((builder.build()?, keys))
    }

    /// Replaces the items in an expression of the subquery by what holds them.
    pub(super) fn replace(&self, expr: Expr, values: &[Expr]) -> Result<Expr> {
        let schema = self.outer.schema();
        expr.transform_down(|expr| {
            if !is_item(&expr, schema) {
                return Ok(Transformed::no(expr));
            }
            let item = localized(expr.clone(), schema)?;
            match self.items.iter().position(|known| *known == item) {
                Some(number) => {
                    Ok(Transformed::new(values[number].clone(), true, TreeNodeRecursion::Jump))
                }
                None => Ok(Transformed::no(expr)),
            }
        })
        .data()
    }

    /// Returns the number of the item that an expression of the subquery is.
    pub(super) fn position(&self, expr: &Expr) -> Result<Option<usize>> {
        let schema = self.outer.schema();
        if !is_item(expr, schema) {
            return Ok(None);
        }
        let item = localized(expr.clone(), schema)?;
        Ok(self.items.iter().position(|known| *known == item))
    }
}

/// Tells whether an expression of a subquery refers to a column of the outer schema.
pub(super) fn is_correlated(expr: &Expr, outer: &DFSchema) -> Result<bool> {
    expr.exists(|part| {
        Ok(matches!(part, Expr::OuterReferenceColumn(_, column) if outer.has_column(column)))
    })
}

/// Turns references to the outer schema into its columns.
pub(super) fn localized(expr: Expr, outer: &DFSchema) -> Result<Expr> {
    expr.transform_up(|part| match part {
        Expr::OuterReferenceColumn(_, column) if outer.has_column(&column) => {
            Ok(Transformed::yes(Expr::Column(column)))
        }
        other => Ok(Transformed::no(other)),
    })
    .data()
}

/// Turns columns of the outer schema into references from a subquery to it.
pub(super) fn outer_references(expr: Expr, outer: &DFSchema) -> Result<Expr> {
    expr.transform_up(|part| match part {
        Expr::Column(column) => {
            let field = Arc::clone(outer.field_from_column(&column)?);
            Ok(Transformed::yes(Expr::OuterReferenceColumn(field, column)))
        }
        other => Ok(Transformed::no(other)),
    })
    .data()
}

fn collect(expr: &Expr, outer: &DFSchema, items: &mut Vec<Expr>) -> Result<TreeNodeRecursion> {
    expr.apply(|part| {
        if !is_item(part, outer) {
            return Ok(TreeNodeRecursion::Continue);
        }
        let item = localized(part.clone(), outer)?;
        if !items.contains(&item) {
            items.push(item);
        }
        Ok(TreeNodeRecursion::Jump)
    })?;
    Ok(TreeNodeRecursion::Continue)
}

/// Tells whether an expression is made of outer columns alone and cannot fail.
///
/// One tag of a row is a smaller and better key than all its tags.
fn is_item(expr: &Expr, outer: &DFSchema) -> bool {
    match expr {
        Expr::OuterReferenceColumn(_, column) => outer.has_column(column),
        Expr::ScalarFunction(function) if TOTAL_FUNCTIONS.contains(&function.name()) => {
            let is_made_of =
                |part: &Expr| matches!(part, Expr::Literal(..)) || is_item(part, outer);
            function.args.iter().any(|part| is_item(part, outer))
                && function.args.iter().all(is_made_of)
        }
        Expr::Cast(Cast { expr, field }) => {
            field.data_type().is_floating() && is_item(expr, outer) && is_integer(expr)
        }
        _ => false,
    }
}

/// Tells whether a reference is one to an integer, which every floating-point type takes.
fn is_integer(expr: &Expr) -> bool {
    matches!(expr, Expr::OuterReferenceColumn(field, _) if field.data_type().is_integer())
}
