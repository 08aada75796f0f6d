//! Names of output columns as PostgreSQL gives them, and several of the same name in one list.

use crate::catalog_syntax;
use datafusion::sql::sqlparser::ast::{
    AccessExpr, Expr, Ident, OrderBy, OrderByKind, Query, Select, SelectItem, SetExpr, Value,
    VisitMut, VisitorMut,
};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// What follows a name that stands there a second time; DataFusion wants names that differ.
const REPETITION: char = '\u{1f}';

/// The name of an expression that has none.
pub(crate) const UNNAMED: &str = "?column?";

/// Gives every expression of every select list the name that PostgreSQL would give it.
///
/// A name that occurs again in the same list is marked; [`plain`] takes the mark away from the
/// columns of an answer.
pub fn assign(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Namer);
}

/// Returns the name of an output column without the mark of a repetition.
#[must_use]
pub fn plain(name: &str) -> &str {
    name.split(REPETITION).next().unwrap_or(name)
}

/// Returns the name of an output column that is shown plain and that no expression can name.
pub(crate) fn hidden(name: &str) -> String {
    format!("{name}{REPETITION}0")
}

/// Returns names of which every one that occurs several times is marked, so that it alone means none of them.
pub(crate) fn all_marked(names: &[String]) -> Vec<String> {
    let repeats =
        |name: &String| names.iter().filter(|other| plain(other) == plain(name)).count() > 1;
    names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            if repeats(name) {
                format!("{}{REPETITION}{}", plain(name), number + 1)
            } else {
                plain(name).to_owned()
            }
        })
        .collect()
}

struct Namer;

impl VisitorMut for Namer {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        order_distinct_by_position(query);
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        let mut taken = HashSet::new();
        for item in &mut select.projection {
            name_item(item, &mut taken);
        }
        ControlFlow::Continue(())
    }
}

/// Turns `ORDER BY` an expression of a `SELECT DISTINCT` list into its position.
///
/// Under its new name DataFusion would no longer find the expression in the list.
fn order_distinct_by_position(query: &mut Query) {
    let SetExpr::Select(select) = query.body.as_ref() else {
        return;
    };
    let Some(OrderBy { kind: OrderByKind::Expressions(orders), .. }) = &mut query.order_by else {
        return;
    };
    if select.distinct.is_none() {
        return;
    }
    for order in orders {
        if matches!(order.expr, Expr::Identifier(_) | Expr::Value(_)) {
            continue;
        }
        let wanted = order.expr.to_string();
        let is_wanted = |item: &SelectItem| matches!(item, SelectItem::UnnamedExpr(expr) if expr.to_string() == wanted);
        let is_before_wildcard = |position: &usize| {
            select.projection[..*position].iter().all(|item| {
                matches!(item, SelectItem::UnnamedExpr(_) | SelectItem::ExprWithAlias { .. })
            })
        };
        if let Some(position) =
            select.projection.iter().position(is_wanted).filter(is_before_wildcard)
        {
            order.expr = Expr::value(Value::Number((position + 1).to_string(), false));
        }
    }
}

fn name_item(item: &mut SelectItem, taken: &mut HashSet<String>) {
    match item {
        SelectItem::UnnamedExpr(expr) => {
            let name = of(expr).unwrap_or_else(|| UNNAMED.to_owned());
            let is_column = matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_));
            let is_first = taken.insert(name.clone());
            if is_column && is_first {
                return;
            }
            let alias = if is_first { name } else { repeated(&name, taken) };
            let expr = std::mem::replace(expr, Expr::Identifier(Ident::new("")));
            *item = SelectItem::ExprWithAlias { expr, alias: Ident::with_quote('"', alias) };
        }
        SelectItem::ExprWithAlias { alias, .. } => {
            let name = normal(alias);
            if !taken.insert(name.clone()) {
                *alias = Ident::with_quote('"', repeated(&name, taken));
            }
        }
        _ => {}
    }
}

fn repeated(name: &str, taken: &mut HashSet<String>) -> String {
    let mut number = 2;
    loop {
        let marked = format!("{name}{REPETITION}{number}");
        if taken.insert(marked.clone()) {
            return marked;
        }
        number += 1;
    }
}

/// Returns the name that PostgreSQL's `FigureColname` finds: of a column, a function, a cast's inner
/// name or type, and so on.
pub(crate) fn of(expr: &Expr) -> Option<String> {
    match figure(expr)? {
        Figured::Name(name) | Figured::Type(name) => Some(name),
    }
}

/// What an expression is called after.
enum Figured {
    /// A column, a function or the like.
    Name(String),
    /// A type, or the word CASE: a cast around it is called after its own type.
    Type(String),
}

fn figure(expr: &Expr) -> Option<Figured> {
    let name = |name: &str| Some(Figured::Name(name.to_owned()));
    match expr {
        Expr::Identifier(column) => Some(Figured::Name(normal(column))),
        Expr::CompoundIdentifier(names) => names.last().map(normal).map(Figured::Name),
        Expr::Function(function) => match catalog_syntax::cast_of(function) {
            Some((inner, written)) => Some(figure_cast(inner, written)),
            None => function.name.0.last()?.as_ident().map(normal).map(Figured::Name),
        },
        Expr::Cast { expr, data_type, .. } => Some(figure_cast(expr, &data_type.to_string())),
        Expr::TypedString(typed) => Some(Figured::Type(type_name(&typed.data_type.to_string()))),
        Expr::Nested(inner) | Expr::Collate { expr: inner, .. } => figure(inner),
        Expr::CompoundFieldAccess { root, access_chain } => {
            let mut names = access_chain.iter().rev().filter_map(|access| match access {
                AccessExpr::Dot(Expr::Identifier(field)) => Some(Figured::Name(normal(field))),
                _ => None,
            });
            names.next().or_else(|| figure(root))
        }
        Expr::Case { else_result, .. } => match else_result.as_deref().and_then(figure) {
            Some(Figured::Name(inner)) => Some(Figured::Name(inner)),
            _ => Some(Figured::Type("case".to_owned())),
        },
        Expr::Interval(_) => Some(Figured::Type("interval".to_owned())),
        Expr::Array(_) => name("array"),
        Expr::Exists { .. } => name("exists"),
        Expr::Extract { .. } => name("extract"),
        Expr::Ceil { .. } => name("ceil"),
        Expr::Floor { .. } => name("floor"),
        Expr::Position { .. } => name("position"),
        Expr::Substring { .. } => name("substring"),
        Expr::Trim { .. } => name("btrim"),
        Expr::Overlay { .. } => name("overlay"),
        Expr::AtTimeZone { .. } => name("timezone"),
        Expr::Subquery(query) => figure_subquery(query),
        _ => None,
    }
}

fn figure_cast(inner: &Expr, written: &str) -> Figured {
    match figure(inner) {
        Some(Figured::Name(name)) => Figured::Name(name),
        _ => Figured::Type(type_name(written)),
    }
}

/// Returns the name of the only column of a scalar subquery.
fn figure_subquery(query: &Query) -> Option<Figured> {
    let SetExpr::Select(select) = query.body.as_ref() else {
        return None;
    };
    match select.projection.first()? {
        SelectItem::UnnamedExpr(expr) => figure(expr),
        SelectItem::ExprWithAlias { alias, .. } => Some(Figured::Name(normal(alias))),
        _ => None,
    }
}

/// Returns the internal name of a type, which is what PostgreSQL calls a column after.
fn type_name(written: &str) -> String {
    // Neither what a type is limited to nor that it is an array belongs to its name.
    let name = written.to_lowercase();
    let name = name.split(['(', '[']).next().unwrap_or_default().trim_end();
    let name = match name {
        "bigint" => "int8",
        "integer" | "int" => "int4",
        "smallint" => "int2",
        "boolean" => "bool",
        "double precision" | "double" | "float" => "float8",
        "real" => "float4",
        "decimal" | "dec" => "numeric",
        "character varying" | "char varying" => "varchar",
        "character" | "char" => "bpchar",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        "time without time zone" => "time",
        other => other,
    };
    name.to_owned()
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Statement;

    fn names(sql: &str) -> String {
        let Statement::Query(mut query) = Statement::parse(sql).unwrap() else {
            panic!("no query")
        };
        assign(&mut query);
        query.to_string().replace(REPETITION, "#")
    }

    #[test]
    fn expressions_take_the_name_of_what_they_are_made_of() {
        insta::assert_snapshot!(
            names("SELECT 1, a, t.B, count(*), a::text, 'x'::text, lower(a), tags->'k', CASE WHEN true THEN 1 END"),
            @r#"SELECT 1 AS "?column?", a, t.B, count(*) AS "count", a::TEXT AS "a#2", 'x'::TEXT AS "text", lower(a) AS "lower", tags -> 'k' AS "?column?#2", CASE WHEN true THEN 1 END AS "case""#
        );
    }

    #[test]
    fn a_name_that_comes_again_is_marked_and_shown_plain() {
        insta::assert_snapshot!(names("SELECT a, a, b AS a FROM t"), @r#"SELECT a, a AS "a#2", b AS "a#3" FROM t"#);
        assert_eq!(plain("a\u{1f}3"), "a");
    }
}
