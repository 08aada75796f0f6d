//! What WITH RECURSIVE may not hold: references to itself where its rows are not yet known.

use crate::calls;
use census_error::{Error, SqlState};
use datafusion::sql::sqlparser::ast::{
    Cte, Expr, Ident, JoinOperator, Query, Select, SelectItem, SetExpr, SetOperator, SetQuantifier,
    TableFactor, TableWithJoins, Visit, Visitor,
};
use std::ops::ControlFlow;

/// Returns what is wrong with the recursive queries that a query names (42P19, 0A000).
pub(crate) fn fault(query: &Query) -> Option<Error> {
    let with = query.with.as_ref().filter(|with| with.recursive)?;
    with.cte_tables.iter().find_map(fault_of)
}

fn fault_of(cte: &Cte) -> Option<Error> {
    let name = normal(&cte.alias.name);
    let query = cte.query.as_ref();
    if References::of(query, &name).count == 0 {
        return None;
    }
    let SetExpr::SetOperation { op: SetOperator::Union, left, right, .. } = query.body.as_ref()
    else {
        return Some(invalid(format!(
            "recursive query \"{name}\" does not have the form non-recursive-term UNION [ALL] recursive-term"
        )));
    };
    let fault = |place: &str| {
        Some(invalid(format!("recursive reference to query \"{name}\" must not appear {place}")))
    };
    if References::of(left.as_ref(), &name).count > 0 {
        return fault("within its non-recursive term");
    }
    if query.order_by.is_some() {
        return Some(unsupported("ORDER BY in a recursive query is not implemented"));
    }
    if query.limit_clause.is_some() {
        return Some(unsupported("LIMIT in a recursive query is not implemented"));
    }
    let mut references = References::of(right.as_ref(), &name);
    references.look_at_sets(right);
    if let Some(place) = references.misplaced {
        return fault(place);
    }
    if references.count > 1 {
        return fault("more than once");
    }
    references.has_aggregate.then(|| {
        invalid(
            "aggregate functions are not allowed in a recursive query's recursive term".to_owned(),
        )
    })
}

fn invalid(message: String) -> Error {
    Error::new(SqlState::InvalidRecursion, message)
}

fn unsupported(message: &str) -> Error {
    Error::new(SqlState::FeatureNotSupported, message.to_owned())
}

/// Where a part of a query refers to a query by its name.
struct References<'a> {
    name: &'a str,
    count: usize,
    /// Where a reference stands that may not.
    misplaced: Option<&'static str>,
    has_aggregate: bool,
    /// How many subqueries of expressions are around.
    subqueries: usize,
    /// How many queries around give the name to another query.
    hidden: usize,
}

impl<'a> References<'a> {
    fn of(part: &impl Visit, name: &'a str) -> Self {
        let mut references = References {
            name,
            count: 0,
            misplaced: None,
            has_aggregate: false,
            subqueries: 0,
            hidden: 0,
        };
        let _ = part.visit(&mut references);
        references
    }

    fn hides(&self, query: &Query) -> bool {
        let tables = query.with.iter().flat_map(|with| &with.cte_tables);
        tables.into_iter().any(|cte| normal(&cte.alias.name) == self.name)
    }

    fn is_in(&self, part: &impl Visit) -> bool {
        Self::of(part, self.name).count > 0
    }

    fn misplace(&mut self, is_misplaced: bool, place: &'static str) {
        if is_misplaced {
            self.misplaced.get_or_insert(place);
        }
    }

    /// Looks whether a query that rows are taken away by has a reference.
    fn look_at_sets(&mut self, body: &SetExpr) {
        let SetExpr::SetOperation { op, set_quantifier, left, right } = body else {
            return;
        };
        let is_all = *set_quantifier == SetQuantifier::All;
        let is_misplaced = match op {
            SetOperator::Except | SetOperator::Minus => {
                self.is_in(right.as_ref()) || (is_all && self.is_in(left.as_ref()))
            }
            SetOperator::Intersect => {
                is_all && (self.is_in(left.as_ref()) || self.is_in(right.as_ref()))
            }
            SetOperator::Union => false,
        };
        self.misplace(is_misplaced, "within INTERSECT or EXCEPT");
        self.look_at_sets(left);
        self.look_at_sets(right);
    }

    /// Looks whether the side of an outer join that may be missing has a reference.
    fn look_at_joins(&mut self, from: &TableWithJoins) {
        let mut is_before = self.is_in(&from.relation);
        for join in &from.joins {
            let is_joined = self.is_in(&join.relation);
            let is_misplaced = match &join.join_operator {
                JoinOperator::Left(_) | JoinOperator::LeftOuter(_) => is_joined,
                JoinOperator::Right(_) | JoinOperator::RightOuter(_) => is_before,
                JoinOperator::FullOuter(_) => is_before || is_joined,
                _ => false,
            };
            self.misplace(is_misplaced, "within an outer join");
            is_before |= is_joined;
        }
    }
}

impl Visitor for References<'_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.hidden += usize::from(self.hides(query));
        self.look_at_sets(&query.body);
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        self.hidden -= usize::from(self.hides(query));
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        if self.hidden > 0 {
            return ControlFlow::Continue(());
        }
        for from in &select.from {
            self.look_at_joins(from);
        }
        let is_direct = select.from.iter().any(|from| {
            let joined = from.joins.iter().map(|join| &join.relation);
            std::iter::once(&from.relation).chain(joined).any(|factor| self.is_meant(factor))
        });
        let aggregates = select.projection.iter().any(|item| match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                calls::has_aggregate(expr)
            }
            _ => false,
        });
        let in_having = select.having.as_ref().is_some_and(calls::has_aggregate);
        self.has_aggregate |= is_direct && (aggregates || in_having);
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if self.hidden == 0 && self.is_meant(factor) {
            self.count += 1;
            self.misplace(self.subqueries > 0, "within a subquery");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.subqueries += usize::from(is_subquery(expr));
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        self.subqueries -= usize::from(is_subquery(expr));
        ControlFlow::Continue(())
    }
}

impl References<'_> {
    fn is_meant(&self, factor: &TableFactor) -> bool {
        matches!(factor, TableFactor::Table { name, args: None, .. } if matches!(
            name.0.as_slice(),
            [part] if part.as_ident().is_some_and(|part| normal(part) == self.name)
        ))
    }
}

fn is_subquery(expr: &Expr) -> bool {
    matches!(expr, Expr::Subquery(_) | Expr::Exists { .. } | Expr::InSubquery { .. })
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
