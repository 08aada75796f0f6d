//! `INTERVAL '1' DAY` and `AT TIME ZONE`: syntax that DataFusion would read in its own way.

use census_error::{Error, Result, SqlState};
use census_types::time::{IntervalFields, read_interval};
use datafusion::sql::sqlparser::ast::{
    DataType, DateTimeField, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, Ident, Interval, ObjectName, Query, TimezoneInfo, TypedString, Value,
    ValueWithSpan, VisitMut, VisitorMut,
};
use std::ops::ControlFlow;

/// Functions whose timestamps are moments everywhere on earth, where others are what some clock shows.
const ZONED: [&str; 7] = [
    "clock_timestamp",
    "current_timestamp",
    "now",
    "statement_timestamp",
    "to_timestamp",
    "transaction_timestamp",
    "make_timestamptz",
];

/// Turns interval literals into typed literals of our reader, and `AT TIME ZONE` into `timezone(…)`.
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
        match expr {
            Expr::Interval(interval) => match typed(interval) {
                Ok(literal) => *expr = literal,
                Err(error) => return ControlFlow::Break(Box::new(error)),
            },
            Expr::AtTimeZone { timestamp, time_zone } => {
                let name = if is_zoned(timestamp) { LOCAL_TIME } else { "timezone" };
                let nothing = || Box::new(Expr::value(Value::Null));
                let zone = *std::mem::replace(time_zone, nothing());
                let value = *std::mem::replace(timestamp, nothing());
                *expr = call(name, vec![zone, value]);
            }
            Expr::Function(function) => order_interval_parts(function),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

/// The parts of `make_interval` in their order.
const INTERVAL_PARTS: [&str; 7] = ["years", "months", "weeks", "days", "hours", "mins", "secs"];

/// Puts `make_interval(days => 10)` in the order of its parts.
fn order_interval_parts(function: &mut Function) {
    let FunctionArguments::List(list) = &mut function.args else {
        return;
    };
    let is_named = |argument: &FunctionArg| part_name(argument).is_some();
    if !function.name.to_string().eq_ignore_ascii_case("make_interval")
        || !list.args.iter().any(is_named)
    {
        return;
    }
    let zero = FunctionArgExpr::Expr(Expr::value(Value::Number("0".to_owned(), false)));
    let mut parts = vec![zero; INTERVAL_PARTS.len()];
    for (index, argument) in list.args.iter().enumerate() {
        let place = match part_name(argument) {
            Some(name) => INTERVAL_PARTS.iter().position(|part| *part == name),
            None => Some(index),
        };
        let Some(part) = place.and_then(|place| parts.get_mut(place)) else {
            return;
        };
        let (FunctionArg::Named { arg, .. }
        | FunctionArg::ExprNamed { arg, .. }
        | FunctionArg::Unnamed(arg)) = argument;
        part.clone_from(arg);
    }
    list.args = parts.into_iter().map(FunctionArg::Unnamed).collect();
}

fn part_name(argument: &FunctionArg) -> Option<String> {
    match argument {
        FunctionArg::Named { name, .. } => Some(name.value.to_lowercase()),
        FunctionArg::ExprNamed { name, .. } => Some(name.to_string().to_lowercase()),
        FunctionArg::Unnamed(_) => None,
    }
}

/// The function that `AT TIME ZONE` of a moment stands for: the time that clocks show.
pub(crate) const LOCAL_TIME: &str = "timezone_local";

/// Tells whether PostgreSQL takes a value for a timestamp with time zone, as far as the statement says it.
fn is_zoned(expr: &Expr) -> bool {
    let is_zoned_type = |data_type: &DataType| {
        matches!(data_type, DataType::Timestamp(_, TimezoneInfo::Tz | TimezoneInfo::WithTimeZone))
    };
    match expr {
        Expr::Nested(inner) => is_zoned(inner),
        Expr::Cast { data_type, .. } => is_zoned_type(data_type),
        Expr::TypedString(typed) => is_zoned_type(&typed.data_type),
        Expr::AtTimeZone { timestamp, .. } => !is_zoned(timestamp),
        Expr::BinaryOp { left, right, .. } => is_zoned(left) || is_zoned(right),
        Expr::Function(function) => {
            let name = function.name.to_string().to_lowercase();
            match name.as_str() {
                // Written before this expression was reached.
                "timezone" => true,
                "date_trunc" | "date_bin" => arguments(function).any(is_zoned),
                name => ZONED.contains(&name),
            }
        }
        _ => false,
    }
}

fn arguments(function: &Function) -> impl Iterator<Item = &Expr> {
    let list = match &function.args {
        FunctionArguments::List(list) => list.args.as_slice(),
        _ => &[],
    };
    list.iter().filter_map(|argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None,
    })
}

fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    let args = arguments
        .into_iter()
        .map(|argument| FunctionArg::Unnamed(FunctionArgExpr::Expr(argument)))
        .collect();
    Expr::Function(Function {
        name: ObjectName::from(vec![Ident::new(name)]),
        uses_odbc_syntax: false,
        parameters: FunctionArguments::None,
        args: FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment: None,
            args,
            clauses: Vec::new(),
        }),
        filter: None,
        null_treatment: None,
        over: None,
        within_group: Vec::new(),
    })
}

/// Returns an interval literal with its fields cut to those it names.
fn typed(interval: &Interval) -> Result<Expr> {
    let Expr::Value(ValueWithSpan { value, span }) = interval.value.as_ref() else {
        return Err(no_literal());
    };
    let (Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text)) = value else {
        return Err(no_literal());
    };
    if interval.leading_precision.is_some() || interval.fractional_seconds_precision.is_some() {
        return Err(Error::new(
            SqlState::FeatureNotSupported,
            "type modifiers are not supported: interval with a precision",
        ));
    }
    let kept = fields(interval.leading_field.as_ref(), interval.last_field.as_ref())?;
    let text = if kept == IntervalFields::All {
        text.clone()
    } else {
        let mut cut = String::new();
        read_interval(text, kept)?.write(&mut cut);
        cut
    };
    Ok(Expr::TypedString(TypedString {
        data_type: DataType::Interval { fields: None, precision: None },
        value: ValueWithSpan { value: Value::SingleQuotedString(text), span: *span },
        uses_odbc_syntax: false,
    }))
}

fn no_literal() -> Error {
    Error::new(SqlState::SyntaxError, "an interval is written as a quoted text")
        .with_hint("For example INTERVAL '5 days', or 5 * INTERVAL '1 day'.")
}

fn fields(first: Option<&DateTimeField>, last: Option<&DateTimeField>) -> Result<IntervalFields> {
    use DateTimeField::{Day, Hour, Minute, Month, Second, Year};
    Ok(match (first, last) {
        (None, None) => IntervalFields::All,
        (Some(Year), None) => IntervalFields::Year,
        (Some(Month), None) | (Some(Year), Some(Month)) => IntervalFields::Month,
        (Some(Day), None) => IntervalFields::Day,
        (Some(Hour), None) | (Some(Day), Some(Hour)) => IntervalFields::Hour,
        (Some(Minute), None) | (Some(Day | Hour), Some(Minute)) => IntervalFields::Minute,
        (Some(Second), None) | (Some(Day | Hour), Some(Second)) => IntervalFields::Second,
        (Some(Minute), Some(Second)) => IntervalFields::MinuteToSecond,
        (first, last) => {
            let named: Vec<String> =
                [first, last].into_iter().flatten().map(ToString::to_string).collect();
            let message = format!("intervals have no fields {}", named.join(" TO "));
            return Err(Error::new(SqlState::SyntaxError, message.to_lowercase()));
        }
    })
}
