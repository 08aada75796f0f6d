//! Arithmetic of numbers becomes functions that fail on overflow (22003) and on division by zero (22012).

use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator, cast};

/// Replaces `-` of a bigint and `+ - *` between two, where DataFusion's operators wrap around, and `+ - * / %` with
/// a floating-point number, where they answer infinity. A literal too large for a bigint is floating-point.
#[derive(Debug)]
pub struct ArithmeticRewrite;

impl FunctionRewrite for ArithmeticRewrite {
    fn name(&self) -> &'static str {
        "ddsql_arithmetic"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        if let Expr::Literal(ScalarValue::UInt64(Some(value)), metadata) = &expr {
            // What is read from the digits is the nearest number there is, as PostgreSQL reads it.
            #[allow(clippy::cast_precision_loss)]
            let value = ScalarValue::Float64(Some(*value as f64));
            return Ok(Transformed::yes(Expr::Literal(value, metadata.clone())));
        }
        if let Expr::Negative(value) = &expr
            && !matches!(value.as_ref(), Expr::Literal(..))
            && number(value, schema)? == Some(Number::Bigint)
        {
            let zero = Expr::Literal(ScalarValue::Int64(Some(0)), None);
            let operands = vec![zero, value.as_ref().clone()];
            return Ok(Transformed::yes(functions::call("__bigint_subtract", operands)?));
        }
        let Expr::BinaryExpr(BinaryExpr { left, op, right }) = &expr else {
            return Ok(Transformed::no(expr));
        };
        if !matches!(
            op,
            Operator::Plus
                | Operator::Minus
                | Operator::Multiply
                | Operator::Divide
                | Operator::Modulo
        ) {
            return Ok(Transformed::no(expr));
        }
        let name = match (number(left, schema)?, op, number(right, schema)?) {
            (Some(Number::Bigint), Operator::Plus, Some(Number::Bigint)) => "__bigint_add",
            (Some(Number::Bigint), Operator::Minus, Some(Number::Bigint)) => "__bigint_subtract",
            (Some(Number::Bigint), Operator::Multiply, Some(Number::Bigint)) => "__bigint_multiply",
            (Some(Number::Bigint), _, Some(Number::Bigint)) => return Ok(Transformed::no(expr)),
            (Some(_), Operator::Plus, Some(_)) => "__float8_add",
            (Some(_), Operator::Minus, Some(_)) => "__float8_subtract",
            (Some(_), Operator::Multiply, Some(_)) => "__float8_multiply",
            (Some(_), Operator::Divide, Some(_)) => "__float8_divide",
            (Some(_), Operator::Modulo, Some(_)) => "__float8_modulo",
            _ => return Ok(Transformed::no(expr)),
        };
        let is_float = name.starts_with("__float8_");
        let operand = |operand: &Expr| -> Result<Expr> {
            let is_bigint = number(operand, schema)? == Some(Number::Bigint);
            let operand = operand.clone();
            Ok(if is_float && is_bigint { cast(operand, DataType::Float64) } else { operand })
        };
        Ok(Transformed::yes(functions::call(name, vec![operand(left)?, operand(right)?])?))
    }
}

/// The numbers that these functions take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Bigint,
    Float8,
}

/// Tells what number an operand is; what was replaced is one, and is not looked through again.
fn number(operand: &Expr, schema: &DFSchema) -> Result<Option<Number>> {
    if let Expr::ScalarFunction(function) = operand {
        if function.name().starts_with("__bigint_") {
            return Ok(Some(Number::Bigint));
        }
        if function.name().starts_with("__float8_") {
            return Ok(Some(Number::Float8));
        }
    }
    Ok(match operand.get_type(schema)? {
        DataType::Int64 => Some(Number::Bigint),
        DataType::Float64 => Some(Number::Float8),
        _ => None,
    })
}
