//! The one type of what UNION, CASE, VALUES and their like may give, and values in it.
//!
//! The rules are those of PostgreSQL's manual, section 10.5; its `select_common_type` says them exactly.

use super::Operand;
use crate::casts;
use crate::error::DialectError;
use census_types::SqlType;
use datafusion::common::Result;
use datafusion::logical_expr::Expr;
use std::sync::Arc;

/// Returns the type that all operands are converted to; text where every one of them is open.
///
/// # Errors
/// 42804 where they belong to different categories of types, 42846 where one has no conversion.
pub(crate) fn common_type<'a>(
    construct: &'static str,
    operands: impl IntoIterator<Item = &'a Operand> + Clone,
) -> Result<SqlType, DialectError> {
    let mut chosen: Option<SqlType> = None;
    for operand in operands.clone().into_iter().filter(|operand| !is_undecided(operand)) {
        let next = operand.sql_type();
        let Some(current) = &chosen else {
            chosen = Some(next);
            continue;
        };
        if *current == next {
            continue;
        }
        if category(current) != category(&next) {
            return Err(DialectError::UnmatchedTypes {
                construct,
                left: current.name().into_owned(),
                right: next.name().into_owned(),
            });
        }
        if !is_preferred(current) && is_implicit(current, &next) && !is_implicit(&next, current) {
            chosen = Some(next);
        }
    }
    let chosen = chosen.unwrap_or(SqlType::Text);
    for operand in operands.into_iter().filter(|operand| !is_undecided(operand)) {
        let given = operand.sql_type();
        if given != chosen && !is_implicit(&given, &chosen) {
            return Err(DialectError::NoCommonType {
                construct,
                from: given.name().into_owned(),
                to: chosen.name().into_owned(),
            });
        }
    }
    Ok(chosen)
}

/// Returns the type that values of these types are converted to; `unknown` where all of them are, or none is found.
pub(crate) fn common_of(types: &[SqlType]) -> SqlType {
    let known = types.iter().filter(|known| **known != SqlType::Unknown);
    let operand =
        |known: &SqlType| Operand { field: Arc::new(known.to_field("", true)), is_open: false };
    let operands: Vec<Operand> = known.map(operand).collect();
    if operands.is_empty() {
        return SqlType::Unknown;
    }
    common_type("ARRAY", &operands).unwrap_or(SqlType::Unknown)
}

/// Returns a value in the type that was found for it; a parameter is of that type from there on.
///
/// # Errors
/// Those of the type's input syntax for a literal (22P02 and its like).
pub(crate) fn coerced(expr: Expr, operand: &Operand, target: &SqlType) -> Result<Expr> {
    if let (true, Expr::Literal(literal, _)) = (operand.is_open, &expr) {
        return casts::read_literal(literal, &target.to_field("", true));
    }
    if let Some(parameter) = casts::decided_parameter(&expr, &target.to_field("", true)) {
        return Ok(parameter);
    }
    if operand.field.data_type() == &target.data_type() || operand.sql_type() == *target {
        return Ok(expr);
    }
    casts::converted(expr, &operand.field, &target.to_field("", true))
}

/// Tells whether an operand says nothing about the type: a literal, or a column of nothing but NULLs.
fn is_undecided(operand: &Operand) -> bool {
    operand.is_open || operand.data_type().is_null()
}

/// Tells whether PostgreSQL converts from one type to the other without being asked.
pub(super) fn is_implicit(from: &SqlType, to: &SqlType) -> bool {
    match (from, to) {
        // The numbers and names of the catalogs.
        (SqlType::Oid, SqlType::Int64 | SqlType::Float64 | SqlType::Numeric)
        | (SqlType::Char | SqlType::Name, SqlType::Text)
        | (SqlType::Int64, SqlType::Float64 | SqlType::Numeric)
        | (SqlType::Numeric, SqlType::Float64)
        | (SqlType::Date, SqlType::Timestamp | SqlType::TimestampTz)
        | (SqlType::Timestamp, SqlType::TimestampTz)
        | (SqlType::Time, SqlType::Interval) => true,
        (SqlType::Array(from), SqlType::Array(to)) => {
            **from == SqlType::Unknown || is_implicit(from, to)
        }
        _ => false,
    }
}

/// A category of types, as `pg_type.typcategory` has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    Array,
    Boolean,
    DateTime,
    Network,
    Numeric,
    String,
    Timespan,
    User,
}

pub(super) fn category(sql_type: &SqlType) -> Category {
    match sql_type {
        SqlType::Array(_) => Category::Array,
        SqlType::Bool => Category::Boolean,
        SqlType::Date | SqlType::Time | SqlType::Timestamp | SqlType::TimestampTz => {
            Category::DateTime
        }
        SqlType::Inet => Category::Network,
        SqlType::Int16
        | SqlType::Int32
        | SqlType::Int64
        | SqlType::Float32
        | SqlType::Float64
        | SqlType::Numeric
        | SqlType::Oid => Category::Numeric,
        SqlType::Char | SqlType::Name | SqlType::Text => Category::String,
        SqlType::Interval => Category::Timespan,
        _ => Category::User,
    }
}

/// Tells whether a type is the one that its category prefers.
pub(super) fn is_preferred(sql_type: &SqlType) -> bool {
    matches!(
        sql_type,
        SqlType::Bool
            | SqlType::Float64
            | SqlType::Inet
            | SqlType::Interval
            | SqlType::Text
            | SqlType::TimestampTz
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operand(sql_type: &SqlType) -> Operand {
        Operand { field: Arc::new(sql_type.to_field("", true)), is_open: false }
    }

    fn common(types: &[SqlType]) -> String {
        let operands: Vec<Operand> = types.iter().map(operand).collect();
        match common_type("CASE", &operands) {
            Ok(common) => common.name().into_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_type_that_the_others_convert_to_is_taken() {
        assert_eq!(common(&[SqlType::Int64, SqlType::Float64]), "double precision");
        assert_eq!(common(&[SqlType::Float64, SqlType::Int64]), "double precision");
        assert_eq!(common(&[SqlType::Timestamp, SqlType::Date]), "timestamp without time zone");
        assert_eq!(common(&[SqlType::Unknown]), "text");
        assert_eq!(common(&[SqlType::Oid, SqlType::Int64]), "bigint");
        assert_eq!(common(&[SqlType::Oid, SqlType::Oid]), "oid");
        assert_eq!(common(&[SqlType::Text, SqlType::Name]), "text");
        assert_eq!(
            common(&[SqlType::Int64.into_array(), SqlType::Float64.into_array()]),
            "double precision[]"
        );
    }

    #[test]
    fn types_that_do_not_go_together_are_refused() {
        assert_eq!(
            common(&[SqlType::Int64, SqlType::Text]),
            "CASE types bigint and text cannot be matched"
        );
        assert_eq!(
            common(&[SqlType::Json, SqlType::Hstore]),
            "CASE/WHEN could not convert type hstore to json"
        );
    }
}
