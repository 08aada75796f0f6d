//! `rank(2) WITHIN GROUP (ORDER BY x)`: the place that a row would have among others, as counts of those before it.

use datafusion::sql::sqlparser::ast::{
    Array, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, OrderByExpr, Query,
    Value, VisitMut, VisitorMut,
};
use datafusion::sql::sqlparser::dialect::PostgreSqlDialect;
use datafusion::sql::sqlparser::parser::Parser;
use std::ops::ControlFlow;

/// Rewrites every such call into aggregates that the planner knows.
pub fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Function(call) = expr
            && let Some(counts) = counts(call)
        {
            *expr = counts;
        }
        ControlFlow::Continue(())
    }
}

/// Returns what a call stands for; none for another function.
fn counts(call: &Function) -> Option<Expr> {
    if call.within_group.is_empty() {
        return None;
    }
    let template = match call.name.to_string().to_lowercase().as_str() {
        "rank" => "(count(*) FILTER (WHERE __before) + 1)",
        "dense_rank" => "(count(DISTINCT __row) FILTER (WHERE __before) + 1)",
        "percent_rank" => {
            "coalesce(CAST(count(*) FILTER (WHERE __before) AS DOUBLE PRECISION) \
             / nullif(count(*) FILTER (WHERE __counts), 0), 0)"
        }
        "cume_dist" => {
            "(CAST(count(*) FILTER (WHERE __before_or_equal) + 1 AS DOUBLE PRECISION) \
             / (count(*) FILTER (WHERE __counts) + 1))"
        }
        _ => return None,
    };
    let FunctionArguments::List(list) = &call.args else {
        return None;
    };
    let places =
        list.args.iter().zip(&call.within_group).filter_map(|(argument, order)| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => Some((value, order)),
            _ => None,
        });
    let counted = match &call.filter {
        Some(filter) => filter.as_ref().clone(),
        None => Expr::value(Value::Boolean(true)),
    };
    let (before, equal) = compared(places)?;
    let before_or_equal =
        filled("(__before OR __equal)", &[("__before", &before), ("__equal", &equal)])?;
    let and_counted = |condition: &Expr| {
        filled("(__condition AND __counts)", &[("__condition", condition), ("__counts", &counted)])
    };
    filled(
        template,
        &[
            ("__row", &row(&call.within_group)?),
            ("__before", &and_counted(&before)?),
            ("__before_or_equal", &and_counted(&before_or_equal)?),
            ("__counts", &counted),
        ],
    )
}

/// Returns the conditions that a row comes before the given values, and that it is equal to them.
fn compared<'a>(places: impl Iterator<Item = (&'a Expr, &'a OrderByExpr)>) -> Option<(Expr, Expr)> {
    let mut before = Expr::value(Value::Boolean(false));
    let mut equal = Expr::value(Value::Boolean(true));
    for (value, order) in places {
        let is_descending = order.options.asc == Some(false);
        let template = match (is_descending, order.options.nulls_first.unwrap_or(is_descending)) {
            (false, false) => "(__x < __value OR (__x IS NOT NULL AND __value IS NULL))",
            (false, true) => "(__x < __value OR (__x IS NULL AND __value IS NOT NULL))",
            (true, false) => "(__x > __value OR (__x IS NOT NULL AND __value IS NULL))",
            (true, true) => "(__x > __value OR (__x IS NULL AND __value IS NOT NULL))",
        };
        let here = [("__x", &order.expr), ("__value", value)];
        let nearer = filled(template, &here)?;
        let same = filled("(__x IS NOT DISTINCT FROM __value)", &here)?;
        before = filled(
            "(__before OR (__equal AND __nearer))",
            &[("__before", &before), ("__equal", &equal), ("__nearer", &nearer)],
        )?;
        equal = filled("(__equal AND __same)", &[("__equal", &equal), ("__same", &same)])?;
    }
    Some((before, equal))
}

/// Returns what rows are told apart by: an array is not NULL where its items are.
fn row(orders: &[OrderByExpr]) -> Option<Expr> {
    let items = orders.iter().map(|order| filled("CAST(__x AS TEXT)", &[("__x", &order.expr)]));
    Some(Expr::Array(Array { elem: items.collect::<Option<_>>()?, named: true }))
}

/// Returns an expression with others in the places of names.
fn filled(template: &str, parts: &[(&str, &Expr)]) -> Option<Expr> {
    let mut expr =
        Parser::new(&PostgreSqlDialect {}).try_with_sql(template).ok()?.parse_expr().ok()?;
    let _ = VisitMut::visit(&mut expr, &mut Filler { parts });
    Some(expr)
}

struct Filler<'a> {
    parts: &'a [(&'a str, &'a Expr)],
}

impl VisitorMut for Filler<'_> {
    type Break = ();

    // After its parts: what is put in is not looked into again.
    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Identifier(name) = expr
            && let Some((_, part)) = self.parts.iter().find(|(place, _)| *place == name.value)
        {
            *expr = Expr::Nested(Box::new((*part).clone()));
        }
        ControlFlow::Continue(())
    }
}
