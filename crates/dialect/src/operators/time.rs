//! `+ - * /` of timestamps, dates, times and intervals.

use super::{Operand, ambiguous, decide, operands, unknown};
use crate::functions;
use datafusion::arrow::datatypes::{DataType, Field, IntervalUnit};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, cast};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators that have a time or an interval on one side.
#[derive(Debug)]
pub(super) struct Time;

/// What an operand is to these operators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Timestamp,
    Date,
    Time,
    Interval,
    Integer,
    Number,
    /// A literal whose type is open.
    Open,
    Other,
}

impl ExprPlanner for Time {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        use BinaryOperator::{Divide, Minus, Modulo, Multiply, Plus};
        if !matches!(expr.op, Plus | Minus | Multiply | Divide | Modulo) {
            return Ok(PlannerResult::Original(expr));
        }
        let (left, right) = operands(&expr, schema)?;
        let kinds = (kind(&left), kind(&right));
        if !is_time(kinds.0) && !is_time(kinds.1) {
            return Ok(PlannerResult::Original(expr));
        }
        match expr.op {
            Plus => plus(expr, &left, &right, kinds),
            Minus => minus(expr, &left, &right, kinds),
            _ => scaled(expr, &left, &right, kinds),
        }
    }
}

fn kind(operand: &Operand) -> Kind {
    match operand.data_type() {
        _ if operand.is_open => Kind::Open,
        DataType::Timestamp(..) => Kind::Timestamp,
        DataType::Date32 | DataType::Date64 => Kind::Date,
        DataType::Time32(_) | DataType::Time64(_) => Kind::Time,
        DataType::Interval(_) | DataType::Duration(_) => Kind::Interval,
        DataType::Int64 => Kind::Integer,
        data_type if data_type.is_numeric() => Kind::Number,
        _ => Kind::Other,
    }
}

fn is_time(kind: Kind) -> bool {
    matches!(kind, Kind::Timestamp | Kind::Date | Kind::Time | Kind::Interval)
}

fn interval(literal: Expr) -> Expr {
    decide(literal, &Field::new("", DataType::Interval(IntervalUnit::MonthDayNano), true))
}

fn planned(name: &str, left: Expr, right: Expr) -> Result<PlannerResult<RawBinaryExpr>> {
    Ok(PlannerResult::Planned(functions::call(name, vec![left, right])?))
}

fn plus(
    expr: RawBinaryExpr,
    left: &Operand,
    right: &Operand,
    kinds: (Kind, Kind),
) -> Result<PlannerResult<RawBinaryExpr>> {
    use Kind::{Date, Integer, Interval, Open, Time, Timestamp};
    match kinds {
        (Timestamp | Time | Interval, Open) => {
            planned("__time_plus", expr.left, interval(expr.right))
        }
        (Open, Timestamp | Time | Interval) => {
            planned("__time_plus", expr.right, interval(expr.left))
        }
        (Timestamp | Date | Time | Interval, Interval) | (Date, Integer | Time) => {
            planned("__time_plus", expr.left, expr.right)
        }
        (Interval, Timestamp | Date | Time) | (Integer | Time, Date) => {
            planned("__time_plus", expr.right, expr.left)
        }
        (Date, Open) | (Open, Date) | (Time, Time) => Err(ambiguous(&expr, left, right).into()),
        _ => Err(unknown(&expr, left, right).into()),
    }
}

fn minus(
    expr: RawBinaryExpr,
    left: &Operand,
    right: &Operand,
    kinds: (Kind, Kind),
) -> Result<PlannerResult<RawBinaryExpr>> {
    use Kind::{Date, Integer, Interval, Open, Time, Timestamp};
    match kinds {
        // A literal is taken for what the other side is.
        (Timestamp | Date | Time | Interval, Open) => {
            let literal = decide(expr.right, &left.field);
            planned("__time_minus", expr.left, literal)
        }
        (Open, Timestamp | Date | Time | Interval) => {
            let literal = decide(expr.left, &right.field);
            planned("__time_minus", literal, expr.right)
        }
        (Timestamp, Timestamp | Date | Interval)
        | (Date, Timestamp | Date | Integer | Interval)
        | (Time, Time | Interval)
        | (Interval, Interval) => planned("__time_minus", expr.left, expr.right),
        _ => Err(unknown(&expr, left, right).into()),
    }
}

fn scaled(
    expr: RawBinaryExpr,
    left: &Operand,
    right: &Operand,
    kinds: (Kind, Kind),
) -> Result<PlannerResult<RawBinaryExpr>> {
    use BinaryOperator::{Divide, Multiply};
    use Kind::{Integer, Interval, Number, Open, Time};
    let factor = |number: Expr| cast(number, DataType::Float64);
    match (&expr.op, kinds) {
        (Multiply, (Interval | Time, Integer | Number | Open)) => {
            planned("__interval_times", expr.left, factor(expr.right))
        }
        (Multiply, (Integer | Number | Open, Interval | Time)) => {
            planned("__interval_times", expr.right, factor(expr.left))
        }
        (Divide, (Interval | Time, Integer | Number | Open)) => {
            planned("__interval_over", expr.left, factor(expr.right))
        }
        _ => Err(unknown(&expr, left, right).into()),
    }
}

/// Plans `EXTRACT(field FROM value)`.
#[derive(Debug)]
pub(super) struct Extract;

impl ExprPlanner for Extract {
    fn plan_extract(&self, mut arguments: Vec<Expr>) -> Result<PlannerResult<Vec<Expr>>> {
        // The parser keeps the quotes of a field that has some.
        if let Some(Expr::Literal(ScalarValue::Utf8(Some(field)), _)) = arguments.first_mut() {
            *field = field.trim_matches(['\'', '"']).to_owned();
        }
        Ok(PlannerResult::Planned(functions::call("extract", arguments)?))
    }
}
