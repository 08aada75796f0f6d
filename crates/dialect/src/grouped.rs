//! What a SELECT is grouped by, which `grouping(…)` and the direct arguments of WITHIN GROUP must name.

use crate::calls;
use crate::clauses::{integer, unqualified};
use census_error::{Error, SqlState};
use datafusion::sql::sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Query, Select,
    SelectItem, Visit, Visitor,
};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Returns what is wrong with calls that may only name what the rows are grouped by.
pub(crate) fn fault(select: &Select) -> Option<Error> {
    let mut calls = Calls { groups: groups(select), depth: 0 };
    let found = match select.projection.visit(&mut calls) {
        ControlFlow::Break(error) => ControlFlow::Break(error),
        ControlFlow::Continue(()) => select.having.visit(&mut calls),
    };
    match found {
        ControlFlow::Break(error) => Some(*error),
        ControlFlow::Continue(()) => None,
    }
}

/// Returns the expressions of GROUP BY as text, without the tables before columns.
fn groups(select: &Select) -> HashSet<String> {
    let GroupByExpr::Expressions(written, _) = &select.group_by else {
        return HashSet::new();
    };
    let mut groups = HashSet::new();
    for group in written {
        add(group, select, &mut groups);
    }
    groups
}

fn add(group: &Expr, select: &Select, groups: &mut HashSet<String>) {
    match group {
        Expr::Rollup(sets) | Expr::Cube(sets) | Expr::GroupingSets(sets) => {
            for expr in sets.iter().flatten() {
                add(expr, select, groups);
            }
        }
        Expr::Tuple(exprs) => exprs.iter().for_each(|expr| add(expr, select, groups)),
        Expr::Nested(inner) => add(inner, select, groups),
        expr => {
            let item = integer(expr)
                .and_then(|position| usize::try_from(position - 1).ok())
                .and_then(|place| select.projection.get(place));
            let alias = expr.to_string();
            let named = select.projection.iter().find(
                |item| matches!(item, SelectItem::ExprWithAlias { alias: name, .. } if name.to_string() == alias),
            );
            for item in item.into_iter().chain(named) {
                if let SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } = item
                {
                    groups.insert(unqualified(expr));
                }
            }
            groups.insert(unqualified(expr));
        }
    }
}

struct Calls {
    groups: HashSet<String>,
    depth: usize,
}

impl Visitor for Calls {
    type Break = Box<Error>;

    fn pre_visit_query(&mut self, _query: &Query) -> ControlFlow<Self::Break> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _query: &Query) -> ControlFlow<Self::Break> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Self::Break> {
        let Expr::Function(call) = expr else {
            return ControlFlow::Continue(());
        };
        let error = match call.name.to_string().to_lowercase().as_str() {
            _ if self.depth > 0 => None,
            "grouping" => self.grouping_fault(call),
            name if !call.within_group.is_empty() && calls::has_direct_arguments(name) => {
                self.direct_fault(call)
            }
            _ => None,
        };
        match error {
            Some(error) => ControlFlow::Break(Box::new(error)),
            None => ControlFlow::Continue(()),
        }
    }
}

impl Calls {
    fn grouping_fault(&self, call: &Function) -> Option<Error> {
        let is_grouped = |argument: &&Expr| self.groups.contains(&unqualified(argument));
        (!arguments(call).all(|argument| is_grouped(&argument))).then(|| {
            let message =
                "arguments to GROUPING must be grouping expressions of the associated query level";
            Error::new(SqlState::GroupingError, message)
        })
    }

    fn direct_fault(&self, call: &Function) -> Option<Error> {
        let mut columns = Columns { groups: &self.groups };
        let found = arguments(call).find_map(|argument| match argument.visit(&mut columns) {
            ControlFlow::Break(name) => Some(name),
            ControlFlow::Continue(()) => None,
        });
        let message = format!(
            "column \"{}\" must appear in the GROUP BY clause or be used in an aggregate function",
            found?
        );
        let detail = "Direct arguments of an ordered-set aggregate must use only grouped columns.";
        Some(Error::new(SqlState::GroupingError, message).with_detail(detail))
    }
}

/// Finds a column that rows are not grouped by.
struct Columns<'a> {
    groups: &'a HashSet<String>,
}

impl Visitor for Columns<'_> {
    type Break = String;

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<String> {
        let is_column = matches!(expr, Expr::Identifier(_) | Expr::CompoundIdentifier(_));
        if is_column && !self.groups.contains(&unqualified(expr)) {
            return ControlFlow::Break(expr.to_string());
        }
        ControlFlow::Continue(())
    }
}

fn arguments(call: &Function) -> impl Iterator<Item = &Expr> {
    let list = match &call.args {
        FunctionArguments::List(list) => list.args.as_slice(),
        _ => &[],
    };
    list.iter().filter_map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None,
    })
}
