//! `|| @> <@ &&` and comparisons of arrays.

use super::comparison::distinction;
use super::{Operand, ambiguous, operands, unknown};
use crate::array_order;
use crate::array_types;
use crate::casts;
use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::logical_expr::{Expr, Operator, binary_expr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators that have an array on one side; those between an hstore and an array are that one's.
#[derive(Debug)]
pub(super) struct Arrays;

impl ExprPlanner for Arrays {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let comparison = comparison(&expr.op);
        let is_of_several_types = matches!(
            expr.op,
            BinaryOperator::AtArrow | BinaryOperator::ArrowAt | BinaryOperator::PGOverlap
        );
        if comparison.is_none() && !is_of_several_types && expr.op != BinaryOperator::StringConcat {
            return Ok(PlannerResult::Original(expr));
        }
        let (left, right) = operands(&expr, schema)?;
        if is_of_several_types && left.is_open && right.is_open {
            return Err(ambiguous(&expr, &left, &right).into());
        }
        if !left.is_array() && !right.is_array() {
            return Ok(PlannerResult::Original(expr));
        }
        if expr.op == BinaryOperator::StringConcat {
            return concatenation(expr, &left, &right);
        }
        let Some((left_expr, right_expr)) = of_one_type(&expr, &left, &right)? else {
            return Err(unknown(&expr, &left, &right).into());
        };
        let planned = match (&expr.op, comparison) {
            (_, Some(operator)) => compared(left_expr, operator, right_expr, schema)?,
            (BinaryOperator::AtArrow, _) => {
                functions::call("__array_contains", vec![left_expr, right_expr])?
            }
            (BinaryOperator::ArrowAt, _) => {
                functions::call("__array_contains", vec![right_expr, left_expr])?
            }
            _ => functions::call("__array_overlaps", vec![left_expr, right_expr])?,
        };
        Ok(PlannerResult::Planned(planned))
    }
}

fn comparison(operator: &BinaryOperator) -> Option<Operator> {
    Some(match operator {
        BinaryOperator::Eq => Operator::Eq,
        BinaryOperator::NotEq => Operator::NotEq,
        BinaryOperator::Lt => Operator::Lt,
        BinaryOperator::LtEq => Operator::LtEq,
        BinaryOperator::Gt => Operator::Gt,
        BinaryOperator::GtEq => Operator::GtEq,
        BinaryOperator::Custom(written) => return distinction(written),
        _ => return None,
    })
}

/// Returns both sides as arrays of one type; `None` where they are not.
fn of_one_type(
    expr: &RawBinaryExpr,
    left: &Operand,
    right: &Operand,
) -> Result<Option<(Expr, Expr)>> {
    let (left_expr, right_expr) = (expr.left.clone(), expr.right.clone());
    if left.is_open {
        return Ok(Some((casts::to_array(left_expr, right.data_type())?, right_expr)));
    }
    if right.is_open {
        return Ok(Some((left_expr, casts::to_array(right_expr, left.data_type())?)));
    }
    let is_same = left.is_array()
        && right.is_array()
        && array_types::item(left.data_type()) == array_types::item(right.data_type());
    Ok(is_same.then_some((left_expr, right_expr)))
}

/// Returns a comparison; where Arrow would give another answer, of the keys of the arrays.
fn compared(left: Expr, operator: Operator, right: Expr, schema: &DFSchema) -> Result<Expr> {
    if array_order::needs_keys(operator, &left, &right, schema)? {
        return Ok(binary_expr(array_order::key(left)?, operator, array_order::key(right)?));
    }
    Ok(binary_expr(left, operator, right))
}

fn concatenation(
    expr: RawBinaryExpr,
    left: &Operand,
    right: &Operand,
) -> Result<PlannerResult<RawBinaryExpr>> {
    let literal_type =
        |array: &Operand| array_types::array_of(array_types::item(array.data_type()), 1);
    if left.is_open || right.is_open {
        // A literal beside an array is one too.
        let (left_expr, right_expr) = if left.is_open {
            (casts::to_array(expr.left, &literal_type(right))?, expr.right)
        } else {
            (expr.left, casts::to_array(expr.right, &literal_type(left))?)
        };
        let both = functions::call("array_cat", vec![left_expr, right_expr])?;
        return Ok(PlannerResult::Planned(both));
    }
    let items = [left, right].map(|operand| array_types::item(operand.data_type()));
    if !is_same_kind(items) {
        return Err(unknown(&expr, left, right).into());
    }
    let name = match (left.is_array(), right.is_array()) {
        (true, true) => "array_cat",
        (true, false) => "array_append",
        _ => "array_prepend",
    };
    Ok(PlannerResult::Planned(functions::call(name, vec![expr.left, expr.right])?))
}

fn is_same_kind(items: [&DataType; 2]) -> bool {
    array_types::common(items).is_ok()
}
