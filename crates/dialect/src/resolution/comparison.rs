//! The type in which two values are compared.

use super::Operand;
use super::common_type::is_implicit;
use crate::functions;
use census_types::SqlType;
use datafusion::common::Result;
use datafusion::logical_expr::Expr;

/// Returns the type that both operands of a comparison take, or `None` where PostgreSQL has no such operator.
pub(crate) fn compared_type(left: &Operand, right: &Operand) -> Option<SqlType> {
    match (left.is_open, right.is_open) {
        (true, true) => return Some(SqlType::Text),
        (true, false) => return Some(right.sql_type()),
        (false, true) => return Some(left.sql_type()),
        (false, false) => {}
    }
    let (first, second) = (left.sql_type(), right.sql_type());
    match (&first, &second) {
        _ if first == second => Some(first),
        (SqlType::Unknown, _) => Some(second),
        (_, SqlType::Unknown) => Some(first),
        (SqlType::Array(first), SqlType::Array(_)) if **first == SqlType::Unknown => Some(second),
        (SqlType::Array(_), SqlType::Array(second)) if **second == SqlType::Unknown => Some(first),
        (SqlType::Array(_), SqlType::Array(_)) => None,
        (SqlType::Char, SqlType::Name) | (SqlType::Name, SqlType::Char) => Some(SqlType::Text),
        _ if is_implicit(&first, &second) => Some(second),
        _ if is_implicit(&second, &first) => Some(first),
        _ => None,
    }
}

/// Returns what values of a type are compared by: intervals by their length.
pub(super) fn compared_by(value: Expr, sql_type: &SqlType) -> Result<Expr> {
    match sql_type {
        SqlType::Interval => functions::call("__interval_length", vec![value]),
        _ => Ok(value),
    }
}
