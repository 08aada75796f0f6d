//! Literals and parameters of which the place in a query alone decides the type: columns are text, conditions boolean,
//! limits bigint.

use datafusion::sql::sqlparser::ast::{
    CastKind, DataType, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, JoinConstraint,
    JoinOperator, LimitClause, Query, Select, SelectItem, SetExpr, UnaryOperator, Value, VisitMut,
    VisitorMut,
};
use std::ops::ControlFlow;

/// Casts such literals.
///
/// A column of the queries of a UNION is left as it is: the other queries decide.
pub fn rewrite(query: &mut Query) {
    let _ = VisitMut::visit(query, &mut Rewriter);
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = ();

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<()> {
        match query.body.as_mut() {
            SetExpr::Select(select) => {
                for item in &mut select.projection {
                    if let SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } =
                        item
                        && is_null(expr)
                    {
                        cast(expr, DataType::Text);
                    }
                }
            }
            SetExpr::SetOperation { left, right, .. } => {
                without_parentheses(left);
                without_parentheses(right);
            }
            _ => {}
        }
        if let Some(LimitClause::LimitOffset { limit, offset, .. }) = &mut query.limit_clause {
            let counts = limit.iter_mut().chain(offset.iter_mut().map(|offset| &mut offset.value));
            for count in counts.filter(|count| is_open(count)) {
                cast(count, DataType::BigInt(None));
            }
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<()> {
        let joins = select.from.iter_mut().flat_map(|from| &mut from.joins);
        let joined = joins.filter_map(|join| condition(&mut join.join_operator));
        for condition in joined.chain(&mut select.selection).chain(&mut select.having) {
            boolean(condition);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<()> {
        match expr {
            Expr::UnaryOp { op: UnaryOperator::Not, expr }
            | Expr::IsTrue(expr)
            | Expr::IsNotTrue(expr)
            | Expr::IsFalse(expr)
            | Expr::IsNotFalse(expr)
            | Expr::IsUnknown(expr)
            | Expr::IsNotUnknown(expr) => boolean(expr),
            Expr::UnaryOp { op: UnaryOperator::Plus, expr } if is_undecided(expr) => {
                cast(expr, DataType::DoublePrecision);
            }
            Expr::Function(call) => {
                if let Some(filter) = &mut call.filter {
                    boolean(filter);
                }
                if call.name.to_string().eq_ignore_ascii_case("pg_typeof")
                    && let FunctionArguments::List(list) = &mut call.args
                    && let [FunctionArg::Unnamed(FunctionArgExpr::Expr(value))] =
                        list.args.as_mut_slice()
                    && is_open(value)
                {
                    // A text literal is of no type, as NULL is.
                    *value = Expr::value(Value::Null);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// Takes away the parentheses around a query of a UNION, which say no more than the query.
fn without_parentheses(set: &mut SetExpr) {
    let SetExpr::Query(query) = set else { return };
    let is_plain = query.with.is_none()
        && query.order_by.is_none()
        && query.limit_clause.is_none()
        && query.fetch.is_none()
        && matches!(query.body.as_ref(), SetExpr::Select(_));
    if is_plain {
        let placeholder = Box::new(SetExpr::Values(datafusion::sql::sqlparser::ast::Values {
            explicit_row: false,
            value_keyword: false,
            rows: Vec::new(),
        }));
        *set = *std::mem::replace(&mut query.body, placeholder);
    }
}

fn condition(operator: &mut JoinOperator) -> Option<&mut Expr> {
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

fn boolean(condition: &mut Expr) {
    if is_undecided(condition) {
        cast(condition, DataType::Boolean);
    }
}

/// Tells whether an expression is a text literal, NULL or a parameter.
fn is_undecided(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_undecided(inner),
        Expr::Value(value) => matches!(value.value, Value::Placeholder(_)) || is_open(expr),
        _ => false,
    }
}

/// Tells whether an expression is a text literal or NULL.
pub(crate) fn is_open(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_open(inner),
        Expr::Value(value) => matches!(
            value.value,
            Value::Null | Value::SingleQuotedString(_) | Value::EscapedStringLiteral(_)
        ),
        _ => false,
    }
}

fn is_null(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_null(inner),
        Expr::Value(value) => matches!(value.value, Value::Null),
        _ => false,
    }
}

fn cast(expr: &mut Expr, data_type: DataType) {
    let inner = std::mem::replace(expr, Expr::value(Value::Null));
    *expr = Expr::Cast {
        kind: CastKind::Cast,
        expr: Box::new(inner),
        data_type,
        array: false,
        format: None,
    };
}
