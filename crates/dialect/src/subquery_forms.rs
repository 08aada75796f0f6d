//! Forms of subqueries that DataFusion's planner does not read: `ARRAY(SELECT …)` and `(a, b) IN (SELECT …)`.

use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, FunctionArguments, Ident, Query, Select, SelectItem, SetExpr, Statement,
    TableAliasColumnDef, TableFactor, UnaryOperator, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use std::ops::ControlFlow;

/// The relation that the rows of a subquery are compared in; it has as many columns as are compared.
pub(crate) const COMPARED: &str = "__compared";

/// A query that is true where a row is equal, for where nothing but true counts.
const ANY_ROW: &str = "SELECT 1 FROM (SELECT 1) AS __compared WHERE true";

/// A query that is true where a row is equal, else NULL where one might be, else false.
const ANY_ROW_OR_NULL: &str = "SELECT CASE WHEN bool_or(m) THEN true WHEN count(*) > count(m) THEN NULL ELSE false END \
    FROM (SELECT true AS m FROM (SELECT 1) AS __compared) AS __comparison";

/// Rewrites these forms into ones that the planner reads.
pub fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        if let Some(condition) = &mut select.selection {
            rewrite_condition(condition);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        let replaced = match expr {
            Expr::Function(function) => match &function.args {
                FunctionArguments::Subquery(query)
                    if function.name.to_string().eq_ignore_ascii_case("array") =>
                {
                    let query = Expr::Subquery(query.clone());
                    Some(crate::row_functions::call("__array_of", vec![query]))
                }
                _ => None,
            },
            Expr::InSubquery { expr: row, subquery, negated } => match row.as_ref() {
                Expr::Tuple(values) => compared(values, subquery, ANY_ROW_OR_NULL).map(|query| {
                    let is_in = Expr::Subquery(query);
                    if *negated { not(is_in) } else { is_in }
                }),
                _ => None,
            },
            _ => None,
        };
        if let Some(replaced) = replaced {
            *expr = replaced;
        }
        ControlFlow::Continue(())
    }
}

/// Rewrites `(a, b) IN (…)` where a condition is fulfilled by true alone: it may become a join.
fn rewrite_condition(condition: &mut Expr) {
    match condition {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            rewrite_condition(left);
            rewrite_condition(right);
        }
        Expr::Nested(inner) => rewrite_condition(inner),
        Expr::InSubquery { expr, subquery, negated: false } => {
            if let Expr::Tuple(values) = expr.as_ref()
                && let Some(subquery) = compared(values, subquery, ANY_ROW)
            {
                *condition = Expr::Exists { subquery, negated: false };
            }
        }
        _ => {}
    }
}

/// Returns a query that compares a row with those of a subquery.
fn compared(values: &[Expr], subquery: &Query, template: &str) -> Option<Box<Query>> {
    let mut parsed = Parser::parse_sql(&PostgreSqlDialect {}, template).ok()?;
    let Statement::Query(mut query) = parsed.pop()? else {
        return None;
    };
    let column = |number: usize| Ident::with_quote('"', format!("{COMPARED}_{number}"));
    let equalities = values.iter().enumerate().map(|(number, value)| Expr::BinaryOp {
        left: Box::new(Expr::Nested(Box::new(value.clone()))),
        op: BinaryOperator::Eq,
        right: Box::new(Expr::Identifier(column(number))),
    });
    let equal = equalities.reduce(|left, right| Expr::BinaryOp {
        left: Box::new(left),
        op: BinaryOperator::And,
        right: Box::new(right),
    })?;
    let select = comparing(query.as_mut())?;
    match &mut select.selection {
        Some(condition) => *condition = equal,
        None => match select.projection.first_mut()? {
            SelectItem::ExprWithAlias { expr, .. } => *expr = equal,
            _ => return None,
        },
    }
    if let TableFactor::Derived { subquery: compared, alias: Some(alias), .. } =
        &mut select.from.first_mut()?.relation
    {
        **compared = subquery.clone();
        alias.columns = (0..values.len())
            .map(|number| TableAliasColumnDef::from_name(column(number).value))
            .collect();
    }
    Some(query)
}

/// Finds the SELECT in a template that reads the compared rows.
fn comparing(query: &mut Query) -> Option<&mut Select> {
    let SetExpr::Select(select) = query.body.as_mut() else {
        return None;
    };
    let is_found = matches!(
        &select.from.first()?.relation,
        TableFactor::Derived { alias: Some(alias), .. } if alias.name.value == COMPARED
    );
    if is_found {
        return Some(select);
    }
    match &mut select.from.first_mut()?.relation {
        TableFactor::Derived { subquery, .. } => comparing(subquery),
        _ => None,
    }
}

fn not(expr: Expr) -> Expr {
    Expr::UnaryOp { op: UnaryOperator::Not, expr: Box::new(Expr::Nested(Box::new(expr))) }
}
