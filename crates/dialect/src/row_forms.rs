//! Rows that are compared or tested as a whole: `(a, b) = (c, d)`, `ROW(a, b) IS NULL`, `(a, b) IN ((1, 2), (3, 4))`.
//!
//! PostgreSQL defines them by their columns (its manual, section 9.24.5), and so they are written out.

use crate::row_functions::call;
use census_error::{Error, Result, SqlState};
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Query, UnaryOperator,
    Value, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// Writes such expressions out.
///
/// # Errors
/// 42601 for rows of different lengths, 0A000 for rows without columns.
pub(crate) fn rewrite(query: &mut Query) -> Result<()> {
    match VisitMut::visit(query, &mut Rewriter) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Rewriter;

impl VisitorMut for Rewriter {
    type Break = Box<Error>;

    fn pre_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        match written_out(expr) {
            Ok(Some(columns)) => *expr = columns,
            Ok(None) => {}
            Err(error) => return ControlFlow::Break(Box::new(error)),
        }
        ControlFlow::Continue(())
    }
}

fn written_out(expr: &Expr) -> Result<Option<Expr>> {
    match expr {
        Expr::IsNull(row) => Ok(columns(row)
            .map(|columns| all(columns.into_iter().map(|column| Expr::IsNull(Box::new(column)))))),
        Expr::IsNotNull(row) => Ok(columns(row).map(|columns| {
            all(columns.into_iter().map(|column| Expr::IsNotNull(Box::new(column))))
        })),
        Expr::IsDistinctFrom(left, right) => match both(left, right)? {
            Some(pairs) => Ok(Some(distinct(pairs))),
            None => Ok(None),
        },
        Expr::IsNotDistinctFrom(left, right) => match both(left, right)? {
            Some(pairs) => Ok(Some(not(distinct(pairs)))),
            None => Ok(None),
        },
        Expr::BinaryOp { left, op, right } => match op {
            BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq => match both(left, right)? {
                Some(pairs) => Ok(Some(compared(op, pairs))),
                None => Ok(None),
            },
            BinaryOperator::Overlaps => overlapping(left, right),
            _ => Ok(None),
        },
        Expr::InList { expr: row, list, negated } if columns(row).is_some() => {
            let mut alternatives = Vec::with_capacity(list.len());
            for item in list {
                match both(row, item)? {
                    Some(pairs) => alternatives.push(compared(&BinaryOperator::Eq, pairs)),
                    None => return Ok(None),
                }
            }
            let any = any(alternatives.into_iter());
            Ok(Some(if *negated { not(any) } else { any }))
        }
        _ => Ok(None),
    }
}

/// Returns the call that OVERLAPS of two periods stands for.
fn overlapping(left: &Expr, right: &Expr) -> Result<Option<Expr>> {
    let mut arguments = Vec::with_capacity(4);
    for (side, period) in [("left", left), ("right", right)] {
        let times = columns(period).unwrap_or_else(|| vec![period.clone()]);
        if times.len() != 2 {
            let message =
                format!("wrong number of parameters on {side} side of OVERLAPS expression");
            return Err(Error::new(SqlState::SyntaxError, message));
        }
        arguments.extend(times);
    }
    Ok(Some(call("overlaps", arguments)))
}

/// Returns the columns of a row that is written out; `None` for anything else.
fn columns(expr: &Expr) -> Option<Vec<Expr>> {
    match expr {
        Expr::Tuple(columns) => Some(columns.clone()),
        Expr::Nested(inner) => columns(inner),
        Expr::Function(call)
            if matches!(call.name.0.as_slice(), [name] if name.as_ident().is_some_and(|name| {
                name.quote_style.is_none() && name.value.eq_ignore_ascii_case("row")
            })) =>
        {
            let FunctionArguments::List(list) = &call.args else { return None };
            list.args
                .iter()
                .map(|argument| match argument {
                    FunctionArg::Unnamed(FunctionArgExpr::Expr(column)) => Some(column.clone()),
                    _ => None,
                })
                .collect()
        }
        _ => None,
    }
}

/// Returns the columns of two rows side by side; `None` where one is no row that is written out.
fn both(left: &Expr, right: &Expr) -> Result<Option<Vec<(Expr, Expr)>>> {
    let (Some(left), Some(right)) = (columns(left), columns(right)) else { return Ok(None) };
    if left.len() != right.len() {
        return Err(Error::new(
            SqlState::SyntaxError,
            "unequal number of entries in row expressions",
        ));
    }
    if left.is_empty() {
        return Err(Error::new(
            SqlState::FeatureNotSupported,
            "cannot compare rows of zero length",
        ));
    }
    Ok(Some(left.into_iter().zip(right).collect()))
}

/// Compares rows: the first columns that differ decide.
fn compared(operator: &BinaryOperator, pairs: Vec<(Expr, Expr)>) -> Expr {
    let equal = |(left, right): (Expr, Expr)| binary(left, BinaryOperator::Eq, right);
    match operator {
        BinaryOperator::Eq => all(pairs.into_iter().map(equal)),
        BinaryOperator::NotEq => {
            any(pairs.into_iter().map(|(left, right)| binary(left, BinaryOperator::NotEq, right)))
        }
        operator => {
            let strict = match operator {
                BinaryOperator::Lt | BinaryOperator::LtEq => BinaryOperator::Lt,
                _ => BinaryOperator::Gt,
            };
            let mut pairs = pairs.into_iter().rev();
            let Some((left, right)) = pairs.next() else { return truth(true) };
            let last = binary(left, operator.clone(), right);
            pairs.fold(last, |rest, (left, right)| {
                let decides = binary(left.clone(), strict.clone(), right.clone());
                let goes_on = binary(
                    nested(binary(left, BinaryOperator::Eq, right)),
                    BinaryOperator::And,
                    nested(rest),
                );
                binary(nested(decides), BinaryOperator::Or, nested(goes_on))
            })
        }
    }
}

fn distinct(pairs: Vec<(Expr, Expr)>) -> Expr {
    any(pairs
        .into_iter()
        .map(|(left, right)| Expr::IsDistinctFrom(Box::new(left), Box::new(right))))
}

fn all(conditions: impl Iterator<Item = Expr>) -> Expr {
    joined(conditions, &BinaryOperator::And, true)
}

fn any(conditions: impl Iterator<Item = Expr>) -> Expr {
    joined(conditions, &BinaryOperator::Or, false)
}

fn joined(
    conditions: impl Iterator<Item = Expr>,
    operator: &BinaryOperator,
    of_none: bool,
) -> Expr {
    let joined = conditions
        .map(nested)
        .reduce(|left, right| binary(left, operator.clone(), right))
        .unwrap_or_else(|| truth(of_none));
    nested(joined)
}

fn binary(left: Expr, op: BinaryOperator, right: Expr) -> Expr {
    Expr::BinaryOp { left: Box::new(left), op, right: Box::new(right) }
}

fn nested(expr: Expr) -> Expr {
    Expr::Nested(Box::new(expr))
}

fn not(expr: Expr) -> Expr {
    Expr::UnaryOp { op: UnaryOperator::Not, expr: Box::new(nested(expr)) }
}

fn truth(value: bool) -> Expr {
    Expr::value(Value::Boolean(value))
}
