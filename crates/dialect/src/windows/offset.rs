//! The offset of a frame's bound: a constant of the statement, whose type the units and what is ordered by decide.

use crate::clauses;
use census_error::{Error, Result, SqlState};
use census_types::time::{IntervalFields, read_interval};
use datafusion::arrow::datatypes::{DataType, TimeUnit};
use datafusion::common::ScalarValue;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, DataType as WrittenType, Expr, Interval, TypedString, UnaryOperator, Value,
    WindowFrameUnits,
};

/// A constant.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Offset {
    /// A whole number.
    Integer(i64),
    /// Another number, as it is written.
    Number(String),
    /// A text whose type is open.
    Text(String),
    /// An interval, as it is written.
    Interval(String),
    /// NULL.
    Null,
}

impl Offset {
    /// Reads an expression.
    ///
    /// # Errors
    /// 42P10 for columns, 0A000 for what is no constant.
    pub(super) fn of(expr: &Expr, clause: &str) -> Result<Self> {
        if clauses::has_column(expr) {
            let message = format!("argument of {clause} must not contain variables");
            return Err(Error::new(SqlState::InvalidColumnReference, message));
        }
        constant(expr).ok_or_else(|| {
            Error::new(
                SqlState::FeatureNotSupported,
                format!("argument of {clause} must be a number or an interval"),
            )
        })
    }

    /// Returns it as the planner reads it: a number of rows or groups, or what [`Self::of_bound`] reads again.
    ///
    /// # Errors
    /// 22004 for NULL, 22013 for less than nothing, 42804 and 22P02 for no number of rows.
    pub(super) fn as_bound(&self, units: WindowFrameUnits, bound: &str) -> Result<Expr> {
        if *self == Self::Null {
            let message = format!("frame {bound} offset must not be null");
            return Err(Error::new(SqlState::NullValueNotAllowed, message));
        }
        if units == WindowFrameUnits::Range {
            return Ok(Expr::Interval(Interval {
                value: Box::new(Expr::value(Value::SingleQuotedString(self.written()))),
                leading_field: None,
                leading_precision: None,
                last_field: None,
                fractional_seconds_precision: None,
            }));
        }
        let rows = match self {
            Self::Integer(rows) => *rows,
            Self::Text(text) => bigint(text)?,
            Self::Number(number) => rounded(number)?,
            Self::Interval(_) | Self::Null => {
                let message = format!("argument of {units} must be type bigint, not type interval");
                return Err(Error::new(SqlState::DatatypeMismatch, message));
            }
        };
        if rows < 0 {
            let message = format!("frame {bound} offset must not be negative");
            return Err(Error::new(SqlState::InvalidPrecedingOrFollowingSize, message));
        }
        Ok(Expr::value(Value::Number(rows.to_string(), false)))
    }

    fn written(&self) -> String {
        match self {
            Self::Integer(number) => format!("i{number}"),
            Self::Number(number) => format!("n{number}"),
            Self::Text(text) => format!("t{text}"),
            Self::Interval(text) => format!("v{text}"),
            Self::Null => String::new(),
        }
    }

    /// Reads what [`Self::as_bound`] wrote for RANGE.
    pub(super) fn of_bound(written: &str) -> Option<Self> {
        let mut characters = written.chars();
        let kind = characters.next()?;
        let rest = characters.as_str();
        match kind {
            'i' => rest.parse().ok().map(Self::Integer),
            'n' => Some(Self::Number(rest.to_owned())),
            't' => Some(Self::Text(rest.to_owned())),
            'v' => Some(Self::Interval(rest.to_owned())),
            _ => None,
        }
    }

    /// Returns it in the type that is added to values of another one.
    ///
    /// # Errors
    /// 0A000 where the two do not go together, 22P02 for a text that is no value of the type, 22013 for less than
    /// nothing.
    pub(super) fn beside(&self, data_type: &DataType, type_name: &str) -> Result<ScalarValue> {
        let too_small = || {
            let message = "invalid preceding or following size in window function";
            Error::new(SqlState::InvalidPrecedingOrFollowingSize, message)
        };
        match (data_type, self) {
            (DataType::Int64, Self::Integer(number)) => match number {
                0.. => Ok(ScalarValue::Int64(Some(*number))),
                _ => Err(too_small()),
            },
            (DataType::Int64, Self::Text(text)) => {
                Self::Integer(bigint(text)?).beside(data_type, type_name)
            }
            (DataType::Float64, Self::Integer(_) | Self::Number(_) | Self::Text(_)) => {
                let written = self.written();
                let text = &written[1..];
                let number: f64 = text.trim().parse().map_err(|_| {
                    let message =
                        format!("invalid input syntax for type double precision: \"{text}\"");
                    Error::new(SqlState::InvalidTextRepresentation, message)
                })?;
                if number.is_nan() || number < 0.0 {
                    return Err(too_small());
                }
                if number.is_infinite() {
                    // The distance of two infinite numbers is none.
                    let message = format!("an infinite offset is not supported: {text}");
                    return Err(Error::new(SqlState::FeatureNotSupported, message));
                }
                Ok(ScalarValue::Float64(Some(number)))
            }
            (
                DataType::Timestamp(TimeUnit::Microsecond, _)
                | DataType::Interval(_)
                | DataType::Time64(_),
                Self::Text(text) | Self::Interval(text),
            ) => {
                let span = read_interval(text, IntervalFields::All)?;
                if span.length() < 0 {
                    return Err(too_small());
                }
                Ok(match data_type {
                    DataType::Interval(_) => ScalarValue::Decimal128(Some(span.length()), 38, 0),
                    // A time of day knows no days.
                    DataType::Time64(_) => {
                        ScalarValue::Decimal128(Some(span.microseconds.into()), 38, 0)
                    }
                    _ => ScalarValue::IntervalMonthDayNano(Some(span.to_arrow()?)),
                })
            }
            _ => Err(self.unsupported(data_type, type_name)),
        }
    }

    fn unsupported(&self, data_type: &DataType, type_name: &str) -> Error {
        let message = format!(
            "RANGE with offset PRECEDING/FOLLOWING is not supported for column type {type_name}"
        );
        let takes_offsets = matches!(
            data_type,
            DataType::Int64
                | DataType::Float64
                | DataType::Timestamp(..)
                | DataType::Interval(_)
                | DataType::Time64(_)
        );
        if !takes_offsets {
            return Error::new(SqlState::FeatureNotSupported, message);
        }
        let own = match self {
            Self::Integer(_) => "bigint",
            Self::Number(_) => "double precision",
            Self::Text(_) | Self::Interval(_) | Self::Null => "interval",
        };
        Error::new(SqlState::FeatureNotSupported, format!("{message} and offset type {own}"))
            .with_hint("Cast the offset value to an appropriate type.")
    }
}

/// Computes a constant that is written with little more than literals.
fn constant(expr: &Expr) -> Option<Offset> {
    match expr {
        Expr::Nested(inner) => constant(inner),
        Expr::Value(value) => literal(&value.value),
        Expr::TypedString(TypedString { data_type, value, .. }) => {
            cast(literal(&value.value)?, data_type)
        }
        Expr::Cast { expr, data_type, .. } => cast(constant(expr)?, data_type),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => constant(expr),
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => Some(match constant(expr)? {
            Offset::Integer(number) => Offset::Integer(number.checked_neg()?),
            Offset::Number(number) => Offset::Number(format!("-{number}")),
            Offset::Text(_) | Offset::Interval(_) => return None,
            Offset::Null => Offset::Null,
        }),
        Expr::BinaryOp { left, op, right } => {
            let (Offset::Integer(left), Offset::Integer(right)) =
                (constant(left)?, constant(right)?)
            else {
                return None;
            };
            let number = match op {
                BinaryOperator::Plus => left.checked_add(right)?,
                BinaryOperator::Minus => left.checked_sub(right)?,
                BinaryOperator::Multiply => left.checked_mul(right)?,
                _ => return None,
            };
            Some(Offset::Integer(number))
        }
        _ => None,
    }
}

fn literal(value: &Value) -> Option<Offset> {
    match value {
        Value::Number(digits, _) => Some(match digits.parse() {
            Ok(number) => Offset::Integer(number),
            Err(_) => Offset::Number(digits.clone()),
        }),
        Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) => {
            Some(Offset::Text(text.clone()))
        }
        Value::Null => Some(Offset::Null),
        _ => None,
    }
}

fn cast(offset: Offset, data_type: &WrittenType) -> Option<Offset> {
    let is_whole = matches!(
        data_type,
        WrittenType::BigInt(_)
            | WrittenType::Int8(_)
            | WrittenType::Integer(_)
            | WrittenType::Int(_)
            | WrittenType::Int4(_)
            | WrittenType::SmallInt(_)
            | WrittenType::Int2(_)
    );
    let is_interval = matches!(data_type, WrittenType::Interval { .. });
    match offset {
        Offset::Null => Some(Offset::Null),
        // The parser takes a text alone for an interval.
        Offset::Text(text) if is_interval && is_open(&text) => Some(Offset::Text(text)),
        Offset::Text(text) | Offset::Interval(text) if is_interval => Some(Offset::Interval(text)),
        Offset::Integer(number) if is_whole => Some(Offset::Integer(number)),
        Offset::Text(text) if is_whole => text.trim().parse().ok().map(Offset::Integer),
        Offset::Number(number) if is_whole => rounded(&number).ok().map(Offset::Integer),
        _ if is_interval || is_whole => None,
        Offset::Integer(number) => Some(Offset::Number(number.to_string())),
        Offset::Number(number) | Offset::Text(number) => Some(Offset::Number(number)),
        Offset::Interval(_) => None,
    }
}

/// Tells whether a text is a number, or no interval at all.
fn is_open(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok() || read_interval(text, IntervalFields::All).is_err()
}

fn bigint(text: &str) -> Result<i64> {
    text.trim().parse().map_err(|_| {
        let message = format!("invalid input syntax for type bigint: \"{text}\"");
        Error::new(SqlState::InvalidTextRepresentation, message)
    })
}

/// Returns the whole number that a number is nearest to, half away from zero.
pub(crate) fn rounded(number: &str) -> Result<i64> {
    let rounded = number.parse::<f64>().map_or(f64::NAN, f64::round);
    if rounded.abs() < 9_223_372_036_854_775_808.0 {
        // Just found to fit.
        #[allow(clippy::cast_possible_truncation)]
        return Ok(rounded as i64);
    }
    Err(Error::new(SqlState::NumericValueOutOfRange, "bigint out of range"))
}
