//! What the clauses of a query may hold: positions, limits, windows and names of WITH.

use crate::calls;
use crate::clause_tokens::WITH_TIES;
use crate::grouped;
use crate::grouping_sets;
use crate::output_names;
use crate::recursion;
use census_error::{Error, SqlState};
use datafusion::sql::sqlparser::ast::{
    Distinct, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, Ident,
    JoinConstraint, JoinOperator, LimitClause, OrderBy, OrderByKind, Query, Select, SelectItem,
    SetExpr, UnaryOperator, Value, Visit, VisitMut, Visitor, VisitorMut,
};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Returns what is wrong with the clauses of a query around its body.
pub(crate) fn query_fault(query: &Query) -> Option<Error> {
    let mut names = HashSet::new();
    for table in query.with.iter().flat_map(|with| &with.cte_tables) {
        let name = normal(&table.alias.name);
        if !names.insert(name.clone()) {
            let message = format!("WITH query name \"{name}\" specified more than once");
            return Some(Error::new(SqlState::DuplicateAlias, message));
        }
        let available = items(&table.query.body).unwrap_or(usize::MAX);
        let specified = table.alias.columns.len();
        if specified > available {
            let message = format!(
                "WITH query \"{name}\" has {available} columns available but {specified} columns specified"
            );
            return Some(Error::new(SqlState::InvalidColumnReference, message));
        }
    }
    recursion::fault(query)
        .or_else(|| limit_fault(query))
        .or_else(|| order_fault(query))
        .or_else(|| values_fault(&query.body))
}

/// Returns what is wrong with the values of VALUES.
fn values_fault(set: &SetExpr) -> Option<Error> {
    match set {
        SetExpr::Values(values) => {
            let mut cells = values.rows.iter().flat_map(|row| &row.content);
            cells.find_map(|cell| calls::clause_fault(cell, "VALUES"))
        }
        SetExpr::SetOperation { left, right, .. } => {
            values_fault(left).or_else(|| values_fault(right))
        }
        _ => None,
    }
}

fn limit_fault(query: &Query) -> Option<Error> {
    let (limit, offset) = match &query.limit_clause {
        Some(LimitClause::LimitOffset { limit, offset, .. }) => {
            (limit.as_ref(), offset.as_ref().map(|offset| &offset.value))
        }
        Some(LimitClause::OffsetCommaLimit { .. }) => {
            return Some(
                Error::new(SqlState::SyntaxError, "LIMIT #,# syntax is not supported")
                    .with_hint("Use separate LIMIT and OFFSET clauses."),
            );
        }
        None => (None, None),
    };
    let counts = [("LIMIT", limit), ("OFFSET", offset)];
    for (clause, count) in counts {
        let Some(written) = count else { continue };
        let tied = tied_count(written);
        if let Some(error) = tied.and_then(|count| ties_fault(query, count)) {
            return Some(error);
        }
        let count = tied.unwrap_or(written);
        let other_type = match count {
            Expr::Value(value) if matches!(value.value, Value::Boolean(_)) => Some("boolean"),
            Expr::Interval(_) => Some("interval"),
            _ => None,
        };
        if let Some(name) = other_type {
            let message = format!("argument of {clause} must be type bigint, not type {name}");
            return Some(Error::new(SqlState::DatatypeMismatch, message));
        }
        if let Some(error) = calls::clause_fault(count, clause) {
            return Some(error);
        }
        if has_column(count) {
            let message = format!("argument of {clause} must not contain variables");
            return Some(Error::new(SqlState::InvalidColumnReference, message));
        }
        if integer(count).is_some_and(|count| count < 0) {
            let sqlstate = match clause {
                "LIMIT" => SqlState::InvalidRowCountInLimitClause,
                _ => SqlState::InvalidRowCountInResultOffsetClause,
            };
            return Some(Error::new(sqlstate, format!("{clause} must not be negative")));
        }
    }
    None
}

/// Returns the number of rows after which rows that are equal to the last one follow.
fn tied_count(limit: &Expr) -> Option<&Expr> {
    let Expr::Function(Function { name, args: FunctionArguments::List(list), .. }) = limit else {
        return None;
    };
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(count))] if name.to_string() == WITH_TIES => {
            Some(count)
        }
        _ => None,
    }
}

/// Returns what is wrong with WITH TIES of a query.
fn ties_fault(query: &Query, count: &Expr) -> Option<Error> {
    if query.order_by.is_none() {
        let message = "WITH TIES cannot be specified without ORDER BY clause";
        return Some(Error::new(SqlState::SyntaxError, message));
    }
    let is_null = matches!(count, Expr::Value(value) if value.value == Value::Null);
    is_null.then(|| {
        let message = "row count cannot be null in FETCH FIRST ... WITH TIES clause";
        Error::new(SqlState::InvalidRowCountInLimitClause, message)
    })
}

fn order_fault(query: &Query) -> Option<Error> {
    let Some(OrderBy { kind: OrderByKind::Expressions(orders), .. }) = &query.order_by else {
        return None;
    };
    for order in orders {
        if let Some(error) = position_fault(&order.expr, "ORDER BY", items(&query.body)) {
            return Some(error);
        }
    }
    if let Some(error) = orders.iter().find_map(|order| ambiguity(&order.expr, &query.body)) {
        return Some(error);
    }
    match query.body.as_ref() {
        SetExpr::SetOperation { .. } => {
            let is_output = |expr: &Expr| matches!(expr, Expr::Identifier(_) | Expr::Value(_));
            orders.iter().any(|order| !is_output(&order.expr)).then(|| {
                Error::new(
                    SqlState::FeatureNotSupported,
                    "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
                )
                .with_detail("only result column names can be used, not expressions or functions")
                .with_hint("Add the expression to every SELECT, or put the UNION in a FROM clause.")
            })
        }
        SetExpr::Select(select) if matches!(select.distinct, Some(Distinct::Distinct)) => {
            let listed: Vec<String> = select.projection.iter().filter_map(item_text).collect();
            let is_listed = |expr: &Expr| match expr {
                Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_) => true,
                expr => listed.contains(&unqualified(expr)),
            };
            orders.iter().any(|order| !is_listed(&order.expr)).then(|| {
                let message =
                    "for SELECT DISTINCT, ORDER BY expressions must appear in select list";
                Error::new(SqlState::InvalidColumnReference, message)
            })
        }
        _ => None,
    }
}

/// Returns the error for a name that several different columns of the select list have.
fn ambiguity(order: &Expr, body: &SetExpr) -> Option<Error> {
    let (Expr::Identifier(name), SetExpr::Select(select)) = (order, body) else {
        return None;
    };
    let name = normal(name);
    let named = |item: &SelectItem| match item {
        SelectItem::UnnamedExpr(expr) => {
            (output_names::of(expr).as_ref() == Some(&name)).then(|| unqualified(expr))
        }
        SelectItem::ExprWithAlias { expr, alias } => {
            (normal(alias) == name).then(|| unqualified(expr))
        }
        _ => None,
    };
    let columns: HashSet<String> = select.projection.iter().filter_map(named).collect();
    (columns.len() > 1)
        .then(|| Error::new(SqlState::AmbiguousColumn, format!("ORDER BY \"{name}\" is ambiguous")))
}

fn item_text(item: &SelectItem) -> Option<String> {
    match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            Some(unqualified(expr))
        }
        _ => None,
    }
}

/// Returns an expression's text without the tables before columns: two that differ in nothing else may be the same.
pub(crate) fn unqualified(expr: &Expr) -> String {
    struct Unqualifier;
    impl VisitorMut for Unqualifier {
        type Break = ();
        fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
            if let Expr::CompoundIdentifier(names) = expr
                && let Some(last) = names.last()
            {
                *expr = Expr::Identifier(last.clone());
            }
            ControlFlow::Continue(())
        }
    }
    let mut expr = expr.clone();
    let _ = VisitMut::visit(&mut expr, &mut Unqualifier);
    expr.to_string().to_lowercase()
}

/// Returns how many columns a select list has; none where an asterisk stands for columns.
fn items(body: &SetExpr) -> Option<usize> {
    match body {
        SetExpr::Select(select) => {
            let is_one = |item: &SelectItem| {
                matches!(item, SelectItem::UnnamedExpr(_) | SelectItem::ExprWithAlias { .. })
            };
            select.projection.iter().all(is_one).then_some(select.projection.len())
        }
        SetExpr::SetOperation { left, .. } => items(left),
        SetExpr::Query(query) => items(&query.body),
        SetExpr::Values(values) => values.rows.first().map(|row| row.content.len()),
        _ => None,
    }
}

/// Returns what is wrong with a constant that stands for a column of the select list.
fn position_fault(expr: &Expr, clause: &str, items: Option<usize>) -> Option<Error> {
    if let Some(position) = integer(expr) {
        let is_there = usize::try_from(position)
            .is_ok_and(|position| position > 0 && items.is_none_or(|items| position <= items));
        return (!is_there).then(|| {
            let message = format!("{clause} position {position} is not in select list");
            Error::new(SqlState::InvalidColumnReference, message)
        });
    }
    let is_constant =
        matches!(expr, Expr::Value(value) if !matches!(value.value, Value::Placeholder(_)));
    is_constant
        .then(|| Error::new(SqlState::SyntaxError, format!("non-integer constant in {clause}")))
}

/// Returns what is wrong with the clauses of a SELECT.
pub(crate) fn select_fault(select: &Select) -> Option<Error> {
    if let Some(condition) = &select.selection
        && let Some(error) = calls::clause_fault(condition, "WHERE")
    {
        return Some(error);
    }
    for join in select.from.iter().flat_map(|from| &from.joins) {
        if let Some(condition) = join_condition(&join.join_operator)
            && let Some(error) = calls::clause_fault(condition, "JOIN conditions")
        {
            return Some(error);
        }
    }
    if let Some(error) = group_fault(select) {
        return Some(error);
    }
    if let Some(condition) = &select.having
        && let Some(error) = calls::window_fault(condition, "HAVING")
    {
        return Some(error);
    }
    if select.qualify.is_some() {
        return Some(
            Error::new(SqlState::FeatureNotSupported, "QUALIFY is not supported")
                .with_hint("Put the window function in a subquery, and its condition in WHERE."),
        );
    }
    grouped::fault(select)
}

fn join_condition(operator: &JoinOperator) -> Option<&Expr> {
    match operator {
        JoinOperator::Join(JoinConstraint::On(condition))
        | JoinOperator::Inner(JoinConstraint::On(condition))
        | JoinOperator::Left(JoinConstraint::On(condition))
        | JoinOperator::LeftOuter(JoinConstraint::On(condition))
        | JoinOperator::Right(JoinConstraint::On(condition))
        | JoinOperator::RightOuter(JoinConstraint::On(condition))
        | JoinOperator::FullOuter(JoinConstraint::On(condition)) => Some(condition),
        _ => None,
    }
}

fn group_fault(select: &Select) -> Option<Error> {
    let GroupByExpr::Expressions(groups, modifiers) = &select.group_by else {
        return Some(
            Error::new(SqlState::FeatureNotSupported, "GROUP BY ALL is not supported")
                .with_hint("List the columns that are no aggregates."),
        );
    };
    if !modifiers.is_empty() {
        return Some(Error::new(
            SqlState::SyntaxError,
            "a modifier after GROUP BY is not supported",
        ));
    }
    let items = items(&SetExpr::Select(Box::new(select.clone())));
    for group in groups {
        if matches!(group, Expr::Cube(elements) if elements.len() > grouping_sets::MAXIMUM_OF_CUBE)
        {
            return Some(Error::new(SqlState::TooManyColumns, "CUBE is limited to 12 elements"));
        }
        if let Some(error) = position_fault(group, "GROUP BY", items) {
            return Some(error);
        }
        let meant = integer(group).and_then(|position| usize::try_from(position - 1).ok());
        let meant = match meant.and_then(|place| select.projection.get(place)) {
            Some(SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) => expr,
            _ => group,
        };
        if let Some(error) = calls::clause_fault(meant, "GROUP BY") {
            return Some(error);
        }
    }
    None
}

/// Returns the integer that an expression is.
pub(crate) fn integer(expr: &Expr) -> Option<i64> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) => digits.parse().ok(),
            _ => None,
        },
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => integer(expr).map(i64::wrapping_neg),
        _ => None,
    }
}

/// Tells whether an expression names a column outside its subqueries.
pub(crate) fn has_column(expr: &Expr) -> bool {
    struct Columns(usize);
    impl Visitor for Columns {
        type Break = ();
        fn pre_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
            self.0 += 1;
            ControlFlow::Continue(())
        }
        fn post_visit_query(&mut self, _query: &Query) -> ControlFlow<()> {
            self.0 -= 1;
            ControlFlow::Continue(())
        }
        fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
            match expr {
                Expr::Identifier(_) | Expr::CompoundIdentifier(_) if self.0 == 0 => {
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        }
    }
    expr.visit(&mut Columns(0)).is_break()
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
