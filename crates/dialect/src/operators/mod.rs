//! The operators that DDSQL plans itself: one file an operator or family, one line here.

mod arrays;
mod arrow;
mod comparison;
mod concatenation;
mod hstore;
mod inet;
mod json;
mod json_aggregates;
mod logic;
mod named_parts;
mod numbers;
mod prefix;
mod quantified;
mod resolved;
mod text_match;
mod time;

use crate::error::DialectError;
use crate::resolution::Operand;
use datafusion::arrow::datatypes::Field;
use datafusion::common::{Column, DFSchema, Result, SchemaError};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::planner::{ExprPlanner, RawBinaryExpr};
use std::sync::Arc;

/// The operator that IS DISTINCT FROM becomes; a statement cannot write it.
pub(crate) const IS_DISTINCT_FROM: &str = "IS DISTINCT FROM";
/// The operator that IS NOT DISTINCT FROM becomes; a statement cannot write it.
pub(crate) const IS_NOT_DISTINCT_FROM: &str = "IS NOT DISTINCT FROM";

/// Returns the planners, to be asked before DataFusion's own.
#[must_use]
pub fn planners() -> Vec<Arc<dyn ExprPlanner>> {
    vec![
        Arc::new(resolved::Resolved),
        Arc::new(prefix::Prefix),
        Arc::new(arrow::Arrow),
        Arc::new(quantified::Quantified),
        Arc::new(arrays::Arrays),
        Arc::new(json::Json),
        Arc::new(json_aggregates::JsonAggregates),
        Arc::new(named_parts::NamedParts),
        Arc::new(inet::Inet),
        Arc::new(hstore::Hstore),
        Arc::new(concatenation::Concatenation),
        Arc::new(time::Time),
        Arc::new(time::Extract),
        Arc::new(numbers::Numbers),
        Arc::new(comparison::Comparison),
        Arc::new(text_match::TextMatch),
        Arc::new(logic::Logic),
    ]
}

/// Returns the error for the first column of an operand that no table in scope has.
fn unresolved(operand: &Expr, schema: &DFSchema) -> Option<DataFusionError> {
    let mut missing: Vec<&Column> =
        operand.column_refs().into_iter().filter(|column| !schema.has_column(column)).collect();
    missing.sort_by_key(|column| {
        column.spans().first().map(|span| (span.start.line, span.start.column))
    });
    let field = Box::new((*missing.first()?).clone());
    let error = SchemaError::FieldNotFound { field, valid_fields: schema.columns() };
    Some(DataFusionError::SchemaError(Box::new(error), Box::new(None)))
}

/// Returns both operands of an operator.
fn operands(expr: &RawBinaryExpr, schema: &DFSchema) -> Result<(Operand, Operand)> {
    Ok((Operand::of(&expr.left, schema)?, Operand::of(&expr.right, schema)?))
}

/// Returns the error for an operator that is not defined for its operands.
fn unknown(expr: &RawBinaryExpr, left: &Operand, right: &Operand) -> DialectError {
    DialectError::UnknownOperator {
        left: left.type_name(),
        operator: expr.op.to_string(),
        right: right.type_name(),
    }
}

/// Returns the error for an operator that several types of its open operands would do for.
fn ambiguous(expr: &RawBinaryExpr, left: &Operand, right: &Operand) -> DialectError {
    DialectError::AmbiguousOperator {
        left: left.type_name(),
        operator: expr.op.to_string(),
        right: right.type_name(),
    }
}

/// Returns a text literal in the type that the other operand decides.
fn decide(literal: Expr, field: &Field) -> Expr {
    let field = Arc::new(field.clone().with_name("").with_nullable(true));
    Expr::Cast(datafusion::logical_expr::Cast::new_from_field(Box::new(literal), field))
}
