//! Parameters of a statement, `$1` and so on: what their places say of their types, and their values put in their place.
//!
//! A value is put where its parameter stands as the literal that SQL would write, so that whatever reads literals
//! reads parameters alike: one without a type takes the type that its surroundings decide, as in PostgreSQL.

use crate::output_names;
use crate::temporary_statement::{cast, parse_type};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;
use datafusion::sql::sqlparser::ast::{
    Array, Distinct, Expr, GroupByExpr, Ident, LimitClause, OrderBy, OrderByKind, Query, Select,
    SelectItem, UnaryOperator, Value, ValueWithSpan, Visit, VisitMut, Visitor, VisitorMut,
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

    fn pre_visit_query(&mut self, query: &mut Query) -> ControlFlow<Self::Break> {
        let Some(OrderBy { kind: OrderByKind::Expressions(orders), .. }) = &mut query.order_by
        else {
            return ControlFlow::Continue(());
        };
        orders.iter_mut().try_for_each(|order| self.bind_constant(&mut order.expr))
    }

    fn pre_visit_select(&mut self, select: &mut Select) -> ControlFlow<Self::Break> {
        for item in &mut select.projection {
            name_parameter(item);
        }
        if let Some(Distinct::On(items)) = &mut select.distinct {
            items.iter_mut().try_for_each(|item| self.bind_constant(item))?;
        }
        if let GroupByExpr::Expressions(groups, _) = &mut select.group_by {
            groups.iter_mut().try_for_each(|group| self.bind_constant(group))?;
        }
        ControlFlow::Continue(())
    }

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

/// Gives a column that is a parameter, or a cast of one, the name that it has without its value: a value with a type is
/// a cast.
fn name_parameter(item: &mut SelectItem) {
    let SelectItem::UnnamedExpr(expr) = item else { return };
    let mut bare = &*expr;
    while let Expr::Nested(inner) | Expr::Cast { expr: inner, .. } = bare {
        bare = inner;
    }
    if matches!(bare, Expr::Value(value) if matches!(value.value, Value::Placeholder(_))) {
        let name = output_names::of(expr).unwrap_or_else(|| output_names::UNNAMED.to_owned());
        let expr = std::mem::replace(expr, Expr::value(Value::Null));
        *item = SelectItem::ExprWithAlias { expr, alias: Ident::with_quote('"', name) };
    }
}

impl Binder<'_> {
    /// Binds a parameter that is an item of ORDER BY or its like alone: its value is a constant there, where a literal
    /// would be the position of a column.
    fn bind_constant(&self, item: &mut Expr) -> ControlFlow<Box<Error>> {
        let mut bare = &*item;
        while let Expr::Nested(inner) = bare {
            bare = inner;
        }
        let Expr::Value(ValueWithSpan { value: Value::Placeholder(name), span }) = bare else {
            return ControlFlow::Continue(());
        };
        let Some(parameter) = place(name).and_then(|place| self.values.get(place)) else {
            return ControlFlow::Continue(());
        };
        let sql_type = parameter.sql_type.as_ref().unwrap_or(&SqlType::Text);
        let constant = literal(parameter, *span)
            .and_then(|literal| Ok(cast(literal, parse_type(&sql_name(sql_type))?)));
        match constant {
            Ok(constant) => {
                *item = constant;
                ControlFlow::Continue(())
            }
            Err(error) => ControlFlow::Break(Box::new(error)),
        }
    }
}

/// Casts every parameter whose type is known to it, so that planning finds out what these types decide.
///
/// # Errors
/// None but a fault of the names of types.
pub fn cast_known(query: &mut Query, types: &[Option<SqlType>]) -> Result<()> {
    match VisitMut::visit(query, &mut Caster { types }) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(error) => Err(*error),
    }
}

struct Caster<'a> {
    types: &'a [Option<SqlType>],
}

impl VisitorMut for Caster<'_> {
    type Break = Box<Error>;

    fn post_visit_expr(&mut self, expr: &mut Expr) -> ControlFlow<Self::Break> {
        let Expr::Value(ValueWithSpan { value: Value::Placeholder(name), .. }) = expr else {
            return ControlFlow::Continue(());
        };
        let known = place(name).and_then(|place| self.types.get(place)?.as_ref());
        // A text may be a literal, whose type its surroundings decide.
        let Some(known) = known.filter(|known| !is_open(known)) else {
            return ControlFlow::Continue(());
        };
        match parse_type(&sql_name(known)) {
            Ok(data_type) => {
                let parameter = std::mem::replace(expr, Expr::value(Value::Null));
                *expr = cast(parameter, data_type);
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
