//! `<< <<= >> >>= && & | + -` of inet.

use super::{Operand, operands, unknown};
use crate::functions;
use crate::resolution::coerced;
use census_types::SqlType;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators that have an inet on one side; comparisons are planned as those of other types.
#[derive(Debug)]
pub(super) struct Inet;

impl ExprPlanner for Inet {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let name = match &expr.op {
            BinaryOperator::PGBitwiseShiftLeft => "__inet_within",
            BinaryOperator::PGBitwiseShiftRight => "__inet_contains",
            BinaryOperator::PGOverlap => "__inet_overlaps",
            BinaryOperator::BitwiseAnd => "__inet_and",
            BinaryOperator::BitwiseOr => "__inet_or",
            BinaryOperator::Plus => "__inet_plus",
            BinaryOperator::Minus => "__inet_minus",
            BinaryOperator::Custom(operator) if operator == "<<=" => "__inet_within_or_equal",
            BinaryOperator::Custom(operator) if operator == ">>=" => "__inet_contains_or_equals",
            BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Modulo => "",
            _ => return Ok(PlannerResult::Original(expr)),
        };
        let (left, right) = operands(&expr, schema)?;
        if !left.is_inet() && !right.is_inet() {
            if matches!(expr.op, BinaryOperator::Custom(_)) {
                return Err(unknown(&expr, &left, &right).into());
            }
            return Ok(PlannerResult::Original(expr));
        }
        let are_inets = takes_inet(&left) && takes_inet(&right);
        let is_bigint = |operand: &Operand| *operand.data_type() == DataType::Int64;
        let call = match name {
            "__inet_plus" | "__inet_minus" if is_bigint(&right) => {
                (name, vec![expr.left, expr.right])
            }
            "__inet_plus" if is_bigint(&left) => (name, vec![expr.right, expr.left]),
            "__inet_plus" if right.is_open => {
                (name, vec![expr.left, coerced(expr.right, &right, &SqlType::Int64)?])
            }
            "__inet_plus" if left.is_open => {
                (name, vec![expr.right, coerced(expr.left, &left, &SqlType::Int64)?])
            }
            "__inet_minus" if are_inets => ("__inet_distance", vec![expr.left, expr.right]),
            "" | "__inet_plus" | "__inet_minus" => {
                return Err(unknown(&expr, &left, &right).into());
            }
            _ if are_inets => (name, vec![expr.left, expr.right]),
            _ => return Err(unknown(&expr, &left, &right).into()),
        };
        Ok(PlannerResult::Planned(functions::call(call.0, call.1)?))
    }
}

fn takes_inet(operand: &Operand) -> bool {
    operand.is_inet() || operand.is_open
}
