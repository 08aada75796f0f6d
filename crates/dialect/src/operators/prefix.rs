//! `@ x`, `|/ x`, `||/ x` and `~ x`.

use crate::error::DialectError;
use crate::functions;
use crate::grammar::PREFIX;
use crate::resolution::{Operand, coerced};
use census_types::SqlType;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::planner::{ExprPlanner, PlannerResult, RawBinaryExpr};
use datafusion::sql::sqlparser::ast::BinaryOperator;

/// Plans the operators that stand before their only operand, which comes as the right one of two.
#[derive(Debug)]
pub(super) struct Prefix;

impl ExprPlanner for Prefix {
    fn plan_binary_op(
        &self,
        expr: RawBinaryExpr,
        schema: &DFSchema,
    ) -> Result<PlannerResult<RawBinaryExpr>> {
        let operator = match &expr.op {
            BinaryOperator::Custom(operator) => operator.strip_prefix(PREFIX),
            _ => None,
        };
        let Some(operator) = operator else { return Ok(PlannerResult::Original(expr)) };
        let operand = Operand::of(&expr.right, schema)?;
        let (name, takes_doubles) = match operator {
            "@" => ("abs", true),
            "|/" => ("sqrt", true),
            "||/" => ("cbrt", true),
            _ => ("__bitwise_not", false),
        };
        if operand.is_open && !takes_doubles {
            return Err(DialectError::AmbiguousPrefixOperator {
                operator: operator.to_owned(),
                operand: operand.type_name(),
            }
            .into());
        }
        let is_number = operand.data_type().is_numeric();
        let is_taken = match operator {
            _ if operand.is_open => true,
            "~" => operand.is_inet() || *operand.data_type() == DataType::Int64,
            _ => is_number,
        };
        if !is_taken {
            return Err(DialectError::UnknownPrefixOperator {
                operator: operator.to_owned(),
                operand: operand.type_name(),
            }
            .into());
        }
        let value = if operand.is_open {
            coerced(expr.right, &operand, &SqlType::Float64)?
        } else {
            expr.right
        };
        Ok(PlannerResult::Planned(functions::call(name, vec![value])?))
    }
}
