//! Parameters of a statement, `$1` and so on: what their places say of their types, and their values put in their place.
//!
//! A value is put where its parameter stands as the literal that SQL would write, so that whatever reads literals
//! reads parameters alike: one without a type takes the type that its surroundings decide, as in PostgreSQL.

use crate::temporary_statement::{cast, parse_type};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;
use datafusion::sql::sqlparser::ast::{
    Array, Expr, LimitClause, Query, UnaryOperator, Value, ValueWithSpan, Visit, VisitMut, Visitor,
    VisitorMut,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// How many parameters a statement may have: the protocol counts them in 16 bits.
pub const MAXIMUM_PARAMETERS: usize = 65_535;

/// The value of a parameter with its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// The type; `None` leaves it to the surroundings.
    pub sql_type: Option<SqlType>,
    /// The value.
    pub value: ParameterValue,
}

/// The value of a parameter, as SQL writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterValue {
    /// NULL.
    Null,
    /// What stands between the quotes of a literal.
    Text(String),
    /// The items of an array.
    List(Vec<ParameterValue>),
}

/// What becomes of the parameters of a statement.
#[derive(Debug, Clone, Copy)]
pub enum Parameters<'a> {
    /// They stay, so that planning finds out their types.
    Open,
    /// They are replaced by these values; one that is not there is 42P02.
    Values(&'a [Parameter]),
}

/// Replaces every parameter that has a value.
pub(crate) fn bind(query: &mut Query, values: &[Parameter]) -> Result<()> {
    match VisitMut::visit(query, &mut Binder { values }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Binder<'a> {
    values: &'a [Parameter],
}

impl VisitorMut for Binder<'_> {
    type Break = Box<Error>;

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        let Expr::Value(ValueWithSpan { value: Value::Placeholder(name), span }) = expr else {
            return ControlFlow::Continue(());
        };
        // One without a value is refused with its place, where all that may not stand in a query is.
        let Some(parameter) = place(name).and_then(|place| self.values.get(place)) else {
            return ControlFlow::Continue(());
        };
        match literal(parameter, *span) {
            Ok(literal) => {
                *expr = literal;
                ControlFlow::Continue(())
            }
            Err(error) => ControlFlow::Break(Box::new(error)),
        }
    }
}

/// Returns the place of a parameter among all, from 0.
fn place(name: &str) -> Option<usize> {
    let number: usize = name.strip_prefix('$')?.parse().ok()?;
    number.checked_sub(1).filter(|place| *place < MAXIMUM_PARAMETERS)
}

/// Returns a value as SQL writes it.
fn literal(parameter: &Parameter, span: Span) -> Result<Expr> {
    let value = |value: Value| Expr::Value(value.with_span(span));
    let text = |text: &str| value(Value::SingleQuotedString(text.to_owned()));
    let Some(sql_type) = parameter.sql_type.as_ref().filter(|known| !is_open(known)) else {
        return Ok(match &parameter.value {
            ParameterValue::Text(written) => text(written),
            _ => value(Value::Null),
        });
    };
    if let (
        ParameterValue::Text(number),
        SqlType::Int16 | SqlType::Int32 | SqlType::Int64 | SqlType::Oid,
    ) = (&parameter.value, sql_type)
        && let Some(literal) = integer(number.trim(), &value)
    {
        return Ok(literal);
    }
    let inner = match &parameter.value {
        ParameterValue::Null => value(Value::Null),
        ParameterValue::Text(written) => text(written),
        ParameterValue::List(items) => array(items, sql_type.element(), span)?,
    };
    Ok(cast(inner, parse_type(&sql_name(sql_type))?))
}

/// Returns an array as SQL writes it, also one of arrays.
fn array(items: &[ParameterValue], element: &SqlType, span: Span) -> Result<Expr> {
    let item = |item: &ParameterValue| match item {
        ParameterValue::List(items) => array(items, element, span),
        value => {
            literal(&Parameter { sql_type: Some(element.clone()), value: value.clone() }, span)
        }
    };
    let elem = items.iter().map(item).collect::<Result<_>>()?;
    Ok(Expr::Array(Array { elem, named: true }))
}

/// Tells whether a value of the type is written as a text whose type its surroundings decide.
fn is_open(sql_type: &SqlType) -> bool {
    matches!(sql_type, SqlType::Text | SqlType::Unknown | SqlType::Name | SqlType::Char)
}

/// Returns a number of digits alone as a literal, as clauses such as LIMIT want it.
fn integer(number: &str, value: &impl Fn(Value) -> Expr) -> Option<Expr> {
    number.parse::<i64>().ok().filter(|parsed| *parsed != i64::MIN)?;
    let digits =
        |digits: &str| value(Value::Number(digits.trim_start_matches('+').to_owned(), false));
    Some(match number.strip_prefix('-') {
        Some(rest) => Expr::UnaryOp { op: UnaryOperator::Minus, expr: Box::new(digits(rest)) },
        None => digits(number),
    })
}

/// Returns the name under which DDSQL has a type.
fn sql_name(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Array(element) => format!("{}[]", sql_name(element)),
        SqlType::Char | SqlType::Name | SqlType::Unknown => "text".to_owned(),
        SqlType::Oid => "bigint".to_owned(),
        SqlType::TimestampTz => "timestamp".to_owned(),
        other => other.name().into_owned(),
    }
}

/// Returns how many parameters a query has, and the types that their places alone decide: `$1::bigint`, `LIMIT $1`.
///
/// # Errors
/// 42P02 for a parameter beyond the last that may be; 42704 for a cast to a type that does not exist.
pub(crate) fn survey(query: &Query) -> Result<(usize, BTreeMap<usize, SqlType>)> {
    let mut survey = Survey { count: 0, types: BTreeMap::new() };
    match query.visit(&mut survey) {
        ControlFlow::Continue(()) => Ok((survey.count, survey.types)),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Survey {
    count: usize,
    types: BTreeMap<usize, SqlType>,
}

impl Survey {
    fn decide(&mut self, expr: &Expr, sql_type: SqlType) {
        if let Expr::Value(ValueWithSpan { value: Value::Placeholder(name), .. }) = expr
            && let Some(place) = place(name)
        {
            self.types.entry(place).or_insert(sql_type);
        }
    }
}

impl Visitor for Survey {
    type Break = Box<Error>;

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<Self::Break> {
        if let Some(LimitClause::LimitOffset { limit, offset, .. }) = &query.limit_clause {
            for number in limit.iter().chain(offset.iter().map(|offset| &offset.value)) {
                self.decide(number, SqlType::Int64);
            }
        }
        if let Some(quantity) = query.fetch.as_ref().and_then(|fetch| fetch.quantity.as_ref()) {
            self.decide(quantity, SqlType::Int64);
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<Self::Break> {
        match expr {
            Expr::Value(ValueWithSpan { value: Value::Placeholder(name), .. }) => {
                let Some(place) = place(name) else {
                    let message = format!("there is no parameter {name}");
                    return ControlFlow::Break(Box::new(Error::new(
                        SqlState::UndefinedParameter,
                        message,
                    )));
                };
                self.count = self.count.max(place + 1);
            }
            Expr::Cast { expr, data_type, .. } => {
                if let Some(sql_type) =
                    crate::catalog::find_type(&data_type.to_string().to_lowercase())
                {
                    self.decide(expr, sql_type);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}
