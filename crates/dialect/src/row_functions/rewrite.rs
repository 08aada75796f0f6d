//! Calls of functions that give rows, put so that DataFusion's planner reads them.

use crate::functions;
use datafusion::sql::sqlparser::ast::{
    AccessExpr, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, JoinOperator, ObjectName, Query, Select, TableFactor, TableWithJoins,
    Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// What the name of a part begins with that was written after a dot, and not as a subscript.
pub(crate) const MARK: char = '\u{1f}';

/// Lets functions in FROM see the relations before them, and turns calls elsewhere into `unnest` of a list.
pub fn expand(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Expander);
}

struct Expander;

impl VisitorMut for Expander {
    type Break = ();

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        for table in &mut select.from {
            expand_table(table);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        if let Expr::CompoundFieldAccess { root, access_chain } = expr {
            match column_of(root, access_chain) {
                Some(column) => *expr = column,
                None => mark_parts(access_chain),
            }
            return ControlFlow::Continue(());
        }
        let Expr::Function(function) = expr else {
            return ControlFlow::Continue(());
        };
        if is_unnest(function) {
            flatten(function);
            return ControlFlow::Continue(());
        }
        let Some([column]) = name(&function.name).and_then(|name| functions::rows(&name)) else {
            return ControlFlow::Continue(());
        };
        let list = Function { name: object_name(column.list), ..function.clone() };
        let rows = call("unnest", vec![Expr::Function(list)]);
        *expr = rows;
        ControlFlow::Continue(())
    }
}

/// Returns the values of one column of a function that gives rows: `(each(h)).key`.
fn column_of(root: &Expr, access: &[AccessExpr]) -> Option<Expr> {
    let [AccessExpr::Dot(Expr::Identifier(wanted))] = access else { return None };
    let mut root = root;
    while let Expr::Nested(inner) = root {
        root = inner;
    }
    let Expr::Function(function) = root else { return None };
    let wanted = name(&ObjectName::from(vec![wanted.clone()]))?;
    let columns = functions::rows(&name(&function.name)?)?;
    let column = columns.iter().find(|column| column.name == Some(wanted.as_str()))?;
    let list = Function { name: object_name(column.list), ..function.clone() };
    Some(call("unnest", vec![Expr::Function(list)]))
}

/// Lets `(x).a` be planned as a part of x of this name, which no type has; the planner says so with the type.
fn mark_parts(access: &mut [AccessExpr]) {
    for part in access {
        if let AccessExpr::Dot(expr @ Expr::Identifier(_)) = part {
            let Expr::Identifier(name) = &*expr else { continue };
            let marked = format!("{MARK}{}", name.value);
            *expr = Expr::value(Value::SingleQuotedString(marked));
        }
    }
}

fn is_unnest(function: &Function) -> bool {
    name(&function.name).as_deref() == Some("unnest")
}

/// Lets `unnest` see the items of all dimensions.
fn flatten(function: &mut Function) {
    if let FunctionArguments::List(list) = &mut function.args
        && let [FunctionArg::Unnamed(FunctionArgExpr::Expr(array))] = list.args.as_mut_slice()
    {
        let items = std::mem::replace(array, Expr::Identifier(Ident::new("")));
        *array = call("__items", vec![items]);
    }
}

fn expand_table(table: &mut TableWithJoins) {
    expand_factor(&mut table.relation, true);
    for join in &mut table.joins {
        // What is on the right of these sees nothing of the left.
        let sees_left = !matches!(
            join.join_operator,
            JoinOperator::Right(_) | JoinOperator::RightOuter(_) | JoinOperator::FullOuter(_)
        );
        expand_factor(&mut join.relation, sees_left);
    }
}

fn expand_factor(factor: &mut TableFactor, sees_left: bool) {
    match factor {
        TableFactor::NestedJoin { table_with_joins, .. } => expand_table(table_with_joins),
        TableFactor::UNNEST { alias, array_exprs, with_ordinality, .. } => {
            let args = std::mem::take(array_exprs);
            *factor = TableFactor::Function {
                lateral: sees_left,
                name: object_name("unnest"),
                args: args.into_iter().map(argument).collect(),
                with_ordinality: *with_ordinality,
                alias: alias.take(),
            };
        }
        TableFactor::Table { name, alias, args: Some(arguments), with_ordinality, .. } => {
            *factor = TableFactor::Function {
                lateral: sees_left,
                name: name.clone(),
                args: std::mem::take(&mut arguments.args),
                with_ordinality: *with_ordinality,
                alias: alias.take(),
            };
        }
        TableFactor::Function { lateral, .. } => *lateral = sees_left,
        _ => {}
    }
}

/// Returns the name of a function as it is looked up; `None` where it has a schema.
pub(super) fn name(name: &ObjectName) -> Option<String> {
    match name.0.as_slice() {
        [part] => part.as_ident().map(|name| {
            if name.quote_style.is_some() { name.value.clone() } else { name.value.to_lowercase() }
        }),
        _ => None,
    }
}

/// Returns a call as it would be written.
pub(crate) fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    Expr::Function(Function {
        name: object_name(name),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args: arguments.into_iter().map(argument).collect(),
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}

fn argument(expr: Expr) -> FunctionArg {
    FunctionArg::Unnamed(FunctionArgExpr::Expr(expr))
}

fn object_name(name: &str) -> ObjectName {
    ObjectName::from(vec![Ident::new(name)])
}
