//! `x IN (…)` and `x BETWEEN a AND b`: their values are compared in one type. `NOT x` and `x IS TRUE`: x is boolean.

use super::{Operand, coerced, common_type, compared_type};
use crate::error::DialectError;
use census_types::SqlType;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::{Between, InList};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::utils::disjunction;
use datafusion::logical_expr::{Expr, Subquery};
use std::sync::Arc;

/// Gives the values of these predicates the type that they are compared in.
#[derive(Debug)]
pub struct PredicateRewrite;

impl FunctionRewrite for PredicateRewrite {
    fn name(&self) -> &'static str {
        "ddsql_predicates"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::InList(list) => in_list(list, schema).map(Transformed::yes),
            Expr::Between(between) => self::between(between, schema).map(Transformed::yes),
            Expr::InSubquery(mut test) => {
                let value = rows_compared(*test.expr, &test.subquery, "=", schema)?;
                test.expr = Box::new(value);
                Ok(Transformed::yes(Expr::InSubquery(test)))
            }
            Expr::SetComparison(mut test) => {
                let operator = test.op.to_string();
                let value = rows_compared(*test.expr, &test.subquery, &operator, schema)?;
                test.expr = Box::new(value);
                Ok(Transformed::yes(Expr::SetComparison(test)))
            }
            other => match of_boolean(&other) {
                Some((construct, value)) => {
                    let operand = Operand::of(value, schema)?;
                    if matches!(operand.data_type(), DataType::Boolean | DataType::Null) {
                        return Ok(Transformed::no(other));
                    }
                    Err(DialectError::NotBoolean { construct, found: operand.type_name() }.into())
                }
                None => Ok(Transformed::no(other)),
            },
        }
    }
}

/// Returns what is compared with the rows of a subquery: a literal in the type of their column.
fn rows_compared(
    value: Expr,
    subquery: &Subquery,
    operator: &str,
    schema: &DFSchema,
) -> Result<Expr> {
    let operand = Operand::of(&value, schema)?;
    let Some(field) = subquery.subquery.schema().fields().first() else { return Ok(value) };
    let column = Operand { field: Arc::clone(field), is_open: false };
    let Some(compared) = compared_type(&operand, &column) else {
        return Err(DialectError::UnknownOperator {
            left: operand.type_name(),
            operator: operator.to_owned(),
            right: column.type_name(),
        }
        .into());
    };
    coerced(value, &operand, &compared)
}

/// Returns what an expression asks about a boolean, by its name.
fn of_boolean(expr: &Expr) -> Option<(&'static str, &Expr)> {
    match expr {
        Expr::Not(value) => Some(("NOT", value)),
        Expr::IsTrue(value) => Some(("IS TRUE", value)),
        Expr::IsNotTrue(value) => Some(("IS NOT TRUE", value)),
        Expr::IsFalse(value) => Some(("IS FALSE", value)),
        Expr::IsNotFalse(value) => Some(("IS NOT FALSE", value)),
        Expr::IsUnknown(value) => Some(("IS UNKNOWN", value)),
        Expr::IsNotUnknown(value) => Some(("IS NOT UNKNOWN", value)),
        _ => None,
    }
}

fn in_list(InList { expr, list, negated }: InList, schema: &DFSchema) -> Result<Expr> {
    let operand = Operand::of(&expr, schema)?;
    let items =
        list.iter().map(|item| Operand::of(item, schema)).collect::<Result<Vec<Operand>>>()?;
    // Without a type that all have, each item is compared on its own.
    let Ok(common) = common_type("IN", std::iter::once(&operand).chain(&items)) else {
        let mut equalities = Vec::with_capacity(items.len());
        for (item, item_operand) in list.into_iter().zip(&items) {
            let compared = compared_type(&operand, item_operand)
                .ok_or_else(|| DialectError::unequal(&operand, item_operand))?;
            let value = coerced(expr.as_ref().clone(), &operand, &compared)?;
            equalities.push(value.eq(coerced(item, item_operand, &compared)?));
        }
        return Ok(any(equalities, negated));
    };
    let value = coerced(*expr, &operand, &common)?;
    let list = list
        .into_iter()
        .zip(&items)
        .map(|(item, item_operand)| coerced(item, item_operand, &common))
        .collect::<Result<Vec<Expr>>>()?;
    if common == SqlType::Hstore {
        // DataFusion has lists of no maps.
        return Ok(any(list.into_iter().map(|item| value.clone().eq(item)).collect(), negated));
    }
    Ok(Expr::InList(InList::new(Box::new(value), list, negated)))
}

fn any(equalities: Vec<Expr>, negated: bool) -> Expr {
    match disjunction(equalities) {
        Some(any) if negated => Expr::Not(Box::new(any)),
        Some(any) => any,
        None => Expr::Literal(ScalarValue::Boolean(Some(negated)), None),
    }
}

fn between(Between { expr, negated, low, high }: Between, schema: &DFSchema) -> Result<Expr> {
    let operand = Operand::of(&expr, schema)?;
    let bounds = [Operand::of(&low, schema)?, Operand::of(&high, schema)?];
    let mut types = Vec::new();
    for (bound, operator) in bounds.iter().zip([">=", "<="]) {
        let compared = compared_type(&operand, bound).filter(|compared| {
            // hstore and json have no such operators.
            !matches!(compared, SqlType::Hstore)
        });
        let unknown = || DialectError::UnknownOperator {
            left: operand.type_name(),
            operator: operator.to_owned(),
            right: bound.type_name(),
        };
        types.push(compared.ok_or_else(unknown)?);
    }
    let [low_operand, high_operand] = &bounds;
    let common = common_type("BETWEEN", [&operand, low_operand, high_operand])?;
    let value = Box::new(coerced(*expr, &operand, &common)?);
    let low = Box::new(coerced(*low, low_operand, &common)?);
    let high = Box::new(coerced(*high, high_operand, &common)?);
    Ok(Expr::Between(Between::new(value, negated, low, high)))
}
