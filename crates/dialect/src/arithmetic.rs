//! Arithmetic of bigints becomes functions that fail on overflow (22003); DataFusion's operators wrap around.

use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator};

/// Replaces `+ - *` between two bigints.
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
        let Expr::BinaryExpr(BinaryExpr { left, op, right }) = &expr else {
            return Ok(Transformed::no(expr));
        };
        let name = match op {
            Operator::Plus => "__bigint_add",
            Operator::Minus => "__bigint_subtract",
            Operator::Multiply => "__bigint_multiply",
            _ => return Ok(Transformed::no(expr)),
        };
        if !is_bigint(left, schema)? || !is_bigint(right, schema)? {
            return Ok(Transformed::no(expr));
        }
        let operands = vec![left.as_ref().clone(), right.as_ref().clone()];
        Ok(Transformed::yes(functions::call(name, operands)?))
    }
}

/// Tells whether an operand is a bigint; what was replaced is one, and is not looked through again.
fn is_bigint(operand: &Expr, schema: &DFSchema) -> Result<bool> {
    match operand {
        Expr::ScalarFunction(function) if function.name().starts_with("__bigint_") => Ok(true),
        _ => Ok(operand.get_type(schema)? == DataType::Int64),
    }
}
