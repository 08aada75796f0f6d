//! `+ - * / % ^ & | # << >>` of numbers, also beside literals whose type is open.

use super::{ambiguous, operands, unknown};
use crate::functions;
use crate::resolution::{Operand, coerced};
use census_types::SqlType;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators that have a number on one side; a literal on the other is read as one.
#[derive(Debug)]
pub(super) struct Numbers;

/// What an operator takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Numbers,
    Doubles,
    Bigints,
}

impl ExprPlanner for Numbers {
    fn plan_binary_op(
        &self,
        mut expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        use BinaryOperator::{
            BitwiseAnd, BitwiseOr, Divide, Minus, Modulo, Multiply, PGBitwiseShiftLeft,
            PGBitwiseShiftRight, PGBitwiseXor, PGExp, Plus,
        };
        let takes = match expr.op {
            Plus | Minus | Multiply | Divide | Modulo => Takes::Numbers,
            PGExp => Takes::Doubles,
            BitwiseAnd | BitwiseOr | PGBitwiseXor | PGBitwiseShiftLeft | PGBitwiseShiftRight => {
                Takes::Bigints
            }
            _ => return Ok(PlannerResult::Original(expr)),
        };
        let (left, right) = operands(&expr, schema)?;
        match (is_number(&left), is_number(&right)) {
            (true, true) => {}
            (true, false) if right.is_open => {
                expr.right = coerced(expr.right, &right, &literal_type(takes, &left))?;
            }
            (false, true) if left.is_open => {
                expr.left = coerced(expr.left, &left, &literal_type(takes, &right))?;
            }
            (false, false) if left.is_open && right.is_open => {
                return Err(ambiguous(&expr, &left, &right).into());
            }
            (false, false) => return Ok(PlannerResult::Original(expr)),
            _ => return Err(unknown(&expr, &left, &right).into()),
        }
        let is_bigint =
            |operand: &Operand| operand.is_open || *operand.data_type() == DataType::Int64;
        if takes == Takes::Bigints && !(is_bigint(&left) && is_bigint(&right)) {
            return Err(unknown(&expr, &left, &right).into());
        }
        if takes == Takes::Doubles {
            let power = functions::call("power", vec![expr.left, expr.right])?;
            return Ok(PlannerResult::Planned(power));
        }
        Ok(PlannerResult::Original(expr))
    }
}

fn is_number(operand: &Operand) -> bool {
    !operand.is_open && operand.data_type().is_numeric()
}

/// Returns the type of a literal beside an operand.
fn literal_type(takes: Takes, other: &Operand) -> SqlType {
    match takes {
        Takes::Doubles => SqlType::Float64,
        Takes::Numbers | Takes::Bigints => other.sql_type(),
    }
}
