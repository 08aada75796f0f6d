//! What computes CASE, COALESCE, GREATEST, LEAST and NULLIF, once the types of their values are known.

use super::comparison::compared_by;
use super::conditional_function::simple_case_type;
use super::{Conditional, Operand, coerced, compared_type};
use crate::functions;
use census_types::SqlType;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::functions::core;
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Case, Expr, cast, lit};

/// Replaces the calls of `Conditional` functions.
#[derive(Debug)]
pub struct ConditionalRewrite;

impl FunctionRewrite for ConditionalRewrite {
    fn name(&self) -> &'static str {
        "ddsql_conditionals"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        let Expr::ScalarFunction(call) = &expr else { return Ok(Transformed::no(expr)) };
        let Some(conditional) = Conditional::of(&call.func) else {
            return Ok(Transformed::no(expr));
        };
        let operands =
            call.args.iter().map(|value| Operand::of(value, schema)).collect::<Result<Vec<_>>>()?;
        let result = conditional.result_type(&operands)?;
        let arguments = call.args.clone().into_iter().zip(operands).collect::<Vec<_>>();
        let rewritten = match conditional {
            Conditional::Case => case(arguments, &result)?,
            Conditional::SimpleCase => simple_case(arguments, &result)?,
            Conditional::Coalesce => core::coalesce().call(all_coerced(arguments, &result)?),
            Conditional::Greatest | Conditional::Least => {
                extreme(conditional, all_coerced(arguments, &result)?, &result)?
            }
            Conditional::NullIf => null_if(arguments, &result)?,
        };
        Ok(Transformed::yes(rewritten))
    }
}

type Argument = (Expr, Operand);

fn all_coerced(arguments: Vec<Argument>, target: &SqlType) -> Result<Vec<Expr>> {
    arguments.into_iter().map(|(expr, operand)| coerced(expr, &operand, target)).collect()
}

fn case(arguments: Vec<Argument>, result: &SqlType) -> Result<Expr> {
    let mut branches = Vec::new();
    let mut otherwise = None;
    let mut arguments = arguments.into_iter();
    while let Some((first, first_operand)) = arguments.next() {
        match arguments.next() {
            Some((then, then_operand)) => branches.push((
                Box::new(coerced(first, &first_operand, &SqlType::Bool)?),
                Box::new(coerced(then, &then_operand, result)?),
            )),
            None => otherwise = Some(Box::new(coerced(first, &first_operand, result)?)),
        }
    }
    let case = Case { expr: None, when_then_expr: branches, else_expr: otherwise };
    Ok(if *result == SqlType::Bool { guarded(case) } else { Expr::Case(case) })
}

/// Compares the first argument with those in the places of conditions.
fn simple_case(arguments: Vec<Argument>, result: &SqlType) -> Result<Expr> {
    let mut arguments = arguments.into_iter();
    let Some((compared, operand)) = arguments.next() else {
        return Ok(Expr::Literal(ScalarValue::Null, None));
    };
    let operand = Operand { is_open: false, ..operand };
    let compared = match operand.data_type() {
        DataType::Null => lit(ScalarValue::Utf8(None)),
        _ => compared,
    };
    let rest: Vec<Argument> = arguments.collect();
    let mut conditions = Vec::with_capacity(rest.len());
    let count = rest.len();
    for (place, (value, value_operand)) in rest.into_iter().enumerate() {
        if place % 2 == 1 || place + 1 == count {
            conditions.push((value, value_operand));
            continue;
        }
        let sql_type = simple_case_type(&operand, &value_operand)?;
        let left = coerced(compared.clone(), &operand, &sql_type)?;
        let right = coerced(value, &value_operand, &sql_type)?;
        let equal = compared_by(left, &sql_type)?.eq(compared_by(right, &sql_type)?);
        let equal_operand = Operand {
            field: std::sync::Arc::new(SqlType::Bool.to_field("", true)),
            is_open: false,
        };
        conditions.push((equal, equal_operand));
    }
    case(conditions, result)
}

/// Keeps DataFusion from computing every branch of a boolean CASE for all rows, where one may fail.
///
/// Its optimizer turns such a CASE into AND and OR, of which both sides are computed; it leaves one of numbers alone.
fn guarded(case: Case) -> Expr {
    let results = || {
        let then = case.when_then_expr.iter().map(|(_, then)| then.as_ref());
        then.chain(case.else_expr.as_deref())
    };
    if !results().any(may_fail) {
        return Expr::Case(case);
    }
    let number = |result: Box<Expr>| Box::new(cast(*result, DataType::Int64));
    let Case { expr, when_then_expr, else_expr } = case;
    let branches =
        when_then_expr.into_iter().map(|(when, then)| (when, number(then))).collect::<Vec<_>>();
    let numbers = Case { expr, when_then_expr: branches, else_expr: else_expr.map(number) };
    Expr::Case(numbers).eq(lit(1_i64))
}

/// Tells whether computing an expression for a row may be an error.
fn may_fail(expr: &Expr) -> bool {
    let fails = expr.exists(|part| {
        Ok(match part {
            Expr::BinaryExpr(binary) => binary.op.is_numerical_operators(),
            Expr::ScalarFunction(_) | Expr::Cast(_) | Expr::ScalarSubquery(_) => true,
            _ => false,
        })
    });
    fails.unwrap_or(true)
}

/// Returns the greatest or least of values of one type.
fn extreme(conditional: Conditional, values: Vec<Expr>, result: &SqlType) -> Result<Expr> {
    let is_greatest = conditional == Conditional::Greatest;
    let key = match result {
        SqlType::Interval => "__interval_length",
        SqlType::Hstore => "__hstore_sort_key",
        _ if values.len() == 1 => return Ok(values.into_iter().next().unwrap_or_default()),
        _ if is_greatest => return Ok(core::greatest().call(values)),
        _ => return Ok(core::least().call(values)),
    };
    let mut arguments = Vec::with_capacity(2 * values.len() + 1);
    for value in values {
        arguments.push(value.clone());
        arguments.push(functions::call(key, vec![value])?);
    }
    arguments.push(lit(is_greatest));
    functions::call("__extreme", arguments)
}

fn null_if(arguments: Vec<Argument>, result: &SqlType) -> Result<Expr> {
    let [(value, operand), (other, other_operand)]: [Argument; 2] =
        match <[Argument; 2]>::try_from(arguments) {
            Ok(both) => both,
            Err(_) => return Ok(Expr::Literal(ScalarValue::Null, None)),
        };
    let compared = compared_type(&operand, &other_operand).unwrap_or(SqlType::Text);
    let left = compared_by(coerced(value.clone(), &operand, &compared)?, &compared)?;
    let right = compared_by(coerced(other, &other_operand, &compared)?, &compared)?;
    let null = Expr::Literal(ScalarValue::try_new_null(&result.data_type())?, None);
    Ok(Expr::Case(Case {
        expr: None,
        when_then_expr: vec![(Box::new(left.eq(right)), Box::new(null))],
        else_expr: Some(Box::new(coerced(value, &operand, result)?)),
    }))
}
