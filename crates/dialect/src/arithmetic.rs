//! Arithmetic of numbers becomes functions that fail on overflow (22003) and on division by zero (22012), and
//! functions of numbers become those of the kind of number that they are given.

use crate::functions;
use crate::number_kinds::{Number, number};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

/// Replaces `-` of a number and `+ - *` between two bigints, where DataFusion's operators wrap around, and `+ - * / %`
/// with a number that has a fraction, where they answer infinity. A literal too large for a bigint is a DECIMAL.
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
        let replaced = match &expr {
            Expr::Literal(ScalarValue::UInt64(Some(value)), metadata) => {
                // What is read from the digits is the nearest number there is, as PostgreSQL reads it.
                #[allow(clippy::cast_precision_loss)]
                let value = ScalarValue::Float64(Some(*value as f64));
                Some(Expr::Literal(value, metadata.clone()))
            }
            // A number as written is a DECIMAL, whose zero has no sign.
            Expr::Literal(ScalarValue::Float64(Some(value)), metadata)
                if *value == 0.0 && value.is_sign_negative() =>
            {
                Some(Expr::Literal(ScalarValue::Float64(Some(0.0)), metadata.clone()))
            }
            Expr::Negative(value) => negative(value, schema)?,
            Expr::BinaryExpr(operation) => binary(operation, schema)?,
            Expr::ScalarFunction(function) => of_kind(function, schema)?,
            _ => None,
        };
        Ok(replaced.map_or_else(|| Transformed::no(expr), Transformed::yes))
    }
}

fn negative(value: &Expr, schema: &DFSchema) -> Result<Option<Expr>> {
    if matches!(value, Expr::Literal(ScalarValue::Int64(_), _)) {
        return Ok(None);
    }
    let (zero, name) = match number(value, schema)? {
        Some(Number::Bigint) => (ScalarValue::Int64(Some(0)), "__bigint_subtract"),
        Some(Number::Numeric) => (ScalarValue::Float64(Some(0.0)), "__numeric_subtract"),
        Some(Number::Float8) | None => return Ok(None),
    };
    functions::call(name, vec![Expr::Literal(zero, None), value.clone()]).map(Some)
}

fn binary(operation: &BinaryExpr, schema: &DFSchema) -> Result<Option<Expr>> {
    let BinaryExpr { left, op, right } = operation;
    let verb = match op {
        Operator::Plus => "add",
        Operator::Minus => "subtract",
        Operator::Multiply => "multiply",
        Operator::Divide => "divide",
        Operator::Modulo => "modulo",
        _ => return Ok(None),
    };
    let family = match (number(left, schema)?, number(right, schema)?) {
        (None, _) | (_, None) => return Ok(None),
        // DataFusion's own fail as they should.
        (Some(Number::Bigint), Some(Number::Bigint)) if matches!(verb, "divide" | "modulo") => {
            return Ok(None);
        }
        (Some(Number::Bigint), Some(Number::Bigint)) => "bigint",
        (Some(Number::Float8), _) | (_, Some(Number::Float8)) => "float8",
        _ => "numeric",
    };
    let operands = vec![left.as_ref().clone(), right.as_ref().clone()];
    functions::call(&format!("__{family}_{verb}"), operands).map(Some)
}

/// Returns the call of the function that does it for the kind of number that is given.
fn of_kind(call: &ScalarFunction, schema: &DFSchema) -> Result<Option<Expr>> {
    let (kind, name) = match (call.name(), call.args.len()) {
        ("round", 1) => (Number::Numeric, "__numeric_round"),
        ("ceil" | "ceiling", 1) => (Number::Numeric, "__numeric_ceil"),
        ("trunc", 1) => (Number::Numeric, "__numeric_trunc"),
        ("sign", 1) => (Number::Numeric, "__numeric_sign"),
        ("to_char", 2) => (Number::Float8, "__float8_to_char"),
        _ => return Ok(None),
    };
    if number(&call.args[0], schema)? != Some(kind) {
        return Ok(None);
    }
    functions::call(name, call.args.clone()).map(Some)
}
