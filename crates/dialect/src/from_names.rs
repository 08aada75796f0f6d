//! The names of the relations in one FROM, which must differ, and what may not refer to them.

use datafusion::sql::sqlparser::ast::{
    Expr, Ident, JoinOperator, Select, TableFactor, TableWithJoins, Visit, Visitor,
};
use std::ops::ControlFlow;

/// Returns the first relation of a FROM whose name another one before it has.
pub(crate) fn repeated(select: &Select) -> Option<&Ident> {
    let mut names = Vec::new();
    for table in &select.from {
        collect(table, &mut names);
    }
    names.iter().enumerate().find_map(|(number, (name, is_alias))| {
        let is_same = |(other, other_is_alias): &(&Ident, bool)| {
            normal(other) == normal(name) && (*is_alias || *other_is_alias)
        };
        names[..number].iter().any(is_same).then_some(*name)
    })
}

/// Collects names, each with whether it was given: tables of two schemas may be called alike.
fn collect<'a>(table: &'a TableWithJoins, names: &mut Vec<(&'a Ident, bool)>) {
    let joined = table.joins.iter().map(|join| &join.relation);
    for factor in std::iter::once(&table.relation).chain(joined) {
        match factor {
            TableFactor::Table { alias: Some(alias), .. }
            | TableFactor::Derived { alias: Some(alias), .. }
            | TableFactor::Function { alias: Some(alias), .. }
            | TableFactor::UNNEST { alias: Some(alias), .. }
            | TableFactor::NestedJoin { alias: Some(alias), .. } => names.push((&alias.name, true)),
            TableFactor::Table { name, alias: None, .. } => {
                let last = name.0.last().and_then(|part| part.as_ident());
                names.extend(last.map(|name_part| (name_part, name.0.len() == 1)));
            }
            TableFactor::NestedJoin { table_with_joins, alias: None } => {
                collect(table_with_joins, names);
            }
            _ => {}
        }
    }
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}

/// Returns the name that a LATERAL subquery on the outer side of a RIGHT or FULL JOIN has of a relation on its left.
pub(crate) fn outer_reference(select: &Select) -> Option<Ident> {
    for table in &select.from {
        let mut left: Vec<Ident> = name_of(&table.relation).into_iter().collect();
        for join in &table.joins {
            let is_outer = matches!(
                join.join_operator,
                JoinOperator::Right(_) | JoinOperator::RightOuter(_) | JoinOperator::FullOuter(_)
            );
            if is_outer
                && let TableFactor::Derived { lateral: true, subquery, .. } = &join.relation
                && let ControlFlow::Break(name) = subquery.visit(&mut References { left: &left })
            {
                return Some(name);
            }
            left.extend(name_of(&join.relation));
        }
    }
    None
}

fn name_of(factor: &TableFactor) -> Option<Ident> {
    match factor {
        TableFactor::Table { alias: Some(alias), .. }
        | TableFactor::Derived { alias: Some(alias), .. }
        | TableFactor::Function { alias: Some(alias), .. } => Some(alias.name.clone()),
        TableFactor::Table { name, .. } => name.0.last()?.as_ident().cloned(),
        _ => None,
    }
}

/// Finds columns of the relations on the left.
struct References<'a> {
    left: &'a [Ident],
}

impl Visitor for References<'_> {
    type Break = Ident;

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Ident> {
        if let Expr::CompoundIdentifier(names) = expr
            && let [table, _] = names.as_slice()
            && self.left.iter().any(|left| left.value.eq_ignore_ascii_case(&table.value))
        {
            return ControlFlow::Break(table.clone());
        }
        ControlFlow::Continue(())
    }
}
