//! Which of PostgreSQL's numbers an expression is, where Census has one format for two of them.
//!
//! DECIMAL is kept as a double, but it is PostgreSQL's `numeric` to whoever writes it: its halves are rounded away
//! from zero, and its zero has no sign. So is every column, and every number as written. A `double precision` is what
//! the expression itself casts to that, what a function makes that PostgreSQL has for nothing else, and what is
//! computed from one of these.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::{Expr, ExprSchemable};

/// The name of the field that a cast to `double precision` has, and to its other names.
pub(crate) const DOUBLE_PRECISION: &str = "double precision";
/// The name of the field that a cast to `numeric` has, and to its other names.
pub(crate) const NUMERIC: &str = "numeric";

/// The functions that PostgreSQL has for `double precision` alone.
const OF_FLOAT8: [&str; 27] = [
    "acos", "acosd", "acosh", "asin", "asind", "asinh", "atan", "atan2", "atan2d", "atand",
    "atanh", "cbrt", "cos", "cosd", "cosh", "cot", "cotd", "degrees", "pi", "radians", "random",
    "sin", "sind", "sinh", "tan", "tand", "tanh",
];

/// The functions whose result is what their arguments are; of bigints alone it is a `double precision`.
const OF_ARGUMENTS: [&str; 15] = [
    "abs", "ceil", "ceiling", "exp", "floor", "ln", "log", "log10", "mod", "pow", "power", "round",
    "sign", "sqrt", "trunc",
];

/// A kind of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    Bigint,
    Numeric,
    Float8,
}

/// Tells what number an expression is; `None` where it is none.
///
/// The functions that operators and casts become carry it in their names, so that they are not looked through again.
pub(crate) fn number(expr: &Expr, schema: &DFSchema) -> Result<Option<Number>> {
    match expr {
        Expr::ScalarFunction(function) => {
            let name = function.name();
            if name.starts_with("__bigint_") {
                return Ok(Some(Number::Bigint));
            }
            if name.starts_with("__float8_") && name != "__float8_to_char" {
                return Ok(Some(Number::Float8));
            }
            if name.starts_with("__numeric_") {
                return Ok(Some(Number::Numeric));
            }
            if OF_FLOAT8.contains(&name) {
                return Ok(Some(Number::Float8));
            }
            if OF_ARGUMENTS.contains(&name) && expr.get_type(schema)? == DataType::Float64 {
                return of_arguments(&function.args, schema).map(Some);
            }
        }
        Expr::Negative(value) => return number(value, schema),
        _ => {}
    }
    Ok(match expr.get_type(schema)? {
        DataType::Int64 => Some(Number::Bigint),
        DataType::Float64 => Some(Number::Numeric),
        _ => None,
    })
}

fn of_arguments(arguments: &[Expr], schema: &DFSchema) -> Result<Number> {
    let mut kind = Number::Float8;
    for argument in arguments {
        match number(argument, schema)? {
            Some(Number::Float8) => return Ok(Number::Float8),
            Some(Number::Numeric) => kind = Number::Numeric,
            Some(Number::Bigint) | None => {}
        }
    }
    Ok(kind)
}
