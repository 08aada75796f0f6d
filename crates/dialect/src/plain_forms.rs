//! Forms of a query that the planner does not know, as forms that it does.

use crate::calls;
use crate::grouping_sets;
use crate::output_names;
use crate::windows::rounded;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CastKind, DataType, DuplicateTreatment, Expr, Function, FunctionArg,
    FunctionArgExpr, FunctionArgumentClause, FunctionArgumentList, FunctionArguments, GroupByExpr,
    Ident, LimitClause, ObjectName, OrderBy, OrderByExpr, OrderByKind, OrderByOptions, Query,
    Select, SelectItem, SetExpr, Value, Visit, VisitMut, Visitor, VisitorMut,
};
use std::collections::HashSet;
use std::ops::ControlFlow;

/// Rewrites a query that [`crate::inspection`] has accepted.
pub(crate) fn rewrite(query: &mut Query) {
    hide_aliases(query);
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        count_rows(query);
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        without_empty_groups(select);
        grouping_sets::rewrite(select);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::Identifier(name) = expr
            && name.quote_style.is_none()
            && ["current_schema", "current_role"].contains(&normal(name).as_str())
        {
            *expr = Expr::Function(call_without_arguments(name.clone()));
        }
        if let Expr::Function(call) = expr
            && let FunctionArguments::List(list) = &mut call.args
        {
            if call.over.is_none() && keeps_values(&call.name) {
                sort_distinct(list);
            }
            if let Some(data_type) = type_of_open(&call.name) {
                decide(list, &data_type);
            }
            // The planner would take a number for a column's position; among arguments it is a constant.
            for clause in &mut list.clauses {
                if let FunctionArgumentClause::OrderBy(orders) = clause {
                    orders.retain(|order| !matches!(order.expr, Expr::Value(_)));
                }
            }
            list.clauses.retain(|clause| {
                !matches!(clause, FunctionArgumentClause::OrderBy(orders) if orders.is_empty())
            });
        }
        ControlFlow::Continue(())
    }
}

/// Tells whether a function is an aggregate whose result shows the order of its values.
fn keeps_values(name: &ObjectName) -> bool {
    matches!(name.0.as_slice(), [part] if part.as_ident().is_some_and(|name| ["array_agg", "string_agg"].contains(&normal(name).as_str())))
}

/// Returns the type that an aggregate takes for literals of open type.
fn type_of_open(name: &ObjectName) -> Option<DataType> {
    let [part] = name.0.as_slice() else {
        return None;
    };
    let name = normal(part.as_ident()?);
    let is_statistic = ["corr", "covar_", "regr_", "stddev", "var_", "variance"]
        .iter()
        .any(|start| name.starts_with(start));
    match name.as_str() {
        "max" | "min" => Some(DataType::Text),
        _ => is_statistic.then_some(DataType::DoublePrecision),
    }
}

/// Gives the literals of open type among arguments their type.
fn decide(list: &mut FunctionArgumentList, data_type: &DataType) {
    for argument in &mut list.args {
        if let FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) = argument
            && calls::is_open(value)
        {
            let written = std::mem::replace(value, Expr::value(Value::Null));
            *value = cast(written, data_type.clone());
        }
    }
}

fn cast(value: Expr, data_type: DataType) -> Expr {
    let expr = Box::new(value);
    Expr::Cast { kind: CastKind::Cast, expr, data_type, array: false, format: None }
}

/// Sorts values of which each is taken once, as PostgreSQL does to find those that are equal.
fn sort_distinct(list: &mut FunctionArgumentList) {
    let is_sorted =
        list.clauses.iter().any(|clause| matches!(clause, FunctionArgumentClause::OrderBy(_)));
    if list.duplicate_treatment != Some(DuplicateTreatment::Distinct) || is_sorted {
        return;
    }
    if let Some(FunctionArg::Unnamed(FunctionArgExpr::Expr(value))) = list.args.first() {
        let options = OrderByOptions { asc: None, nulls_first: None };
        let order = OrderByExpr { expr: value.clone(), options, with_fill: None };
        list.clauses.push(FunctionArgumentClause::OrderBy(vec![order]));
    }
}

/// Returns the call of a function that the standard writes without parentheses.
fn call_without_arguments(name: Ident) -> Function {
    Function {
        name: ObjectName::from(name),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::None,
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    }
}

/// Reads numbers of rows that are written as texts or fractions.
fn count_rows(query: &mut Query) {
    let Some(LimitClause::LimitOffset { limit, offset, .. }) = &mut query.limit_clause else {
        return;
    };
    for count in limit.iter_mut().chain(offset.iter_mut().map(|offset| &mut offset.value)) {
        if let Expr::Value(value) = count
            && let Some(rows) = rows(&value.value)
        {
            value.value = Value::Number(rows.to_string(), false);
        }
    }
}

/// Returns the whole number that a literal is, half rounded up.
fn rows(literal: &Value) -> Option<i64> {
    match literal {
        Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) => {
            text.trim().parse().ok()
        }
        Value::Number(digits, _) => digits.parse().ok().or_else(|| rounded(digits).ok()),
        _ => None,
    }
}

/// Makes the one group that `GROUP BY ()` and HAVING alone ask for, as an aggregate does; drops `()` beside other groups.
fn without_empty_groups(select: &mut Select) {
    let has_aggregate = select.projection.iter().any(|item| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
            calls::has_aggregate(expr)
        }
        _ => false,
    }) || select.having.as_ref().is_some_and(calls::has_aggregate);
    let GroupByExpr::Expressions(groups, _) = &mut select.group_by else {
        return;
    };
    let is_grouped = !groups.is_empty() || select.having.is_some();
    groups.retain(|group| !matches!(group, Expr::Tuple(columns) if columns.is_empty()));
    if is_grouped && groups.is_empty() && !has_aggregate {
        let condition = select.having.take();
        let is_counted = is_counted();
        select.having = Some(match condition {
            Some(condition) => Expr::BinaryOp {
                left: Box::new(Expr::Nested(Box::new(condition))),
                op: BinaryOperator::And,
                right: Box::new(is_counted),
            },
            None => is_counted,
        });
    }
}

/// Returns `count(*) >= 0`.
fn is_counted() -> Expr {
    let mut count = call_without_arguments(Ident::new("count"));
    count.args = FunctionArguments::List(FunctionArgumentList {
        duplicate_treatment: None,
        args: vec![FunctionArg::Unnamed(FunctionArgExpr::Wildcard)],
        clauses: Vec::new(),
    });
    Expr::BinaryOp {
        left: Box::new(Expr::Function(count)),
        op: BinaryOperator::GtEq,
        right: Box::new(Expr::value(Value::Number("0".to_owned(), false))),
    }
}

/// Hides the aliases of the outermost list from expressions in ORDER BY, which mean columns of FROM.
///
/// PostgreSQL takes a name in ORDER BY for an output column only where it stands alone; the planner
/// would do so everywhere, and sort by something else without a word.
fn hide_aliases(query: &mut Query) {
    let (SetExpr::Select(select), Some(OrderBy { kind: OrderByKind::Expressions(orders), .. })) =
        (query.body.as_mut(), query.order_by.as_mut())
    else {
        return;
    };
    let mut used = Names::default();
    for order in orders.iter() {
        if !matches!(order.expr, Expr::Identifier(_)) {
            let _ = order.expr.visit(&mut used);
        }
    }
    for item in &mut select.projection {
        let SelectItem::ExprWithAlias { alias, .. } = item else {
            continue;
        };
        if !used.0.contains(&normal(alias)) {
            continue;
        }
        let hidden = Ident::with_quote('"', output_names::hidden(&normal(alias)));
        for order in orders.iter_mut() {
            if matches!(&order.expr, Expr::Identifier(name) if normal(name) == normal(alias)) {
                order.expr = Expr::Identifier(hidden.clone());
            }
        }
        *alias = hidden;
    }
}

#[derive(Default)]
struct Names(HashSet<String>);

impl Visitor for Names {
    type Break = ();

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        if let Expr::Identifier(name) = expr {
            self.0.insert(normal(name));
        }
        ControlFlow::Continue(())
    }
}

fn normal(name: &Ident) -> String {
    if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
}
