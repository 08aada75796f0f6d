//! Arrays are compared by PostgreSQL's order, NULL after all other items: by a key where Arrow would answer otherwise.

use crate::array_types;
use crate::functions;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr::{Between, InList};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, Operator};

/// Replaces arrays in comparisons, ranges and lists by their keys.
#[derive(Debug)]
pub struct ArrayOrderRewrite;

impl FunctionRewrite for ArrayOrderRewrite {
    fn name(&self) -> &'static str {
        "ddsql_array_order"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::BinaryExpr(BinaryExpr { left, op, right })
                if needs_keys(op, &left, &right, schema)? =>
            {
                let (left, right) = (Box::new(key(*left)?), Box::new(key(*right)?));
                Ok(Transformed::yes(Expr::BinaryExpr(BinaryExpr { left, op, right })))
            }
            Expr::Between(Between { expr: value, negated, low, high })
                if is_array(&value, schema)?
                    && is_array(&low, schema)?
                    && is_array(&high, schema)? =>
            {
                let [value, low, high] = [value, low, high].map(|part| key(*part).map(Box::new));
                Ok(Transformed::yes(Expr::Between(Between::new(value?, negated, low?, high?))))
            }
            Expr::InList(InList { expr: value, list, negated }) if is_array(&value, schema)? => {
                for item in &list {
                    if !is_array(item, schema)? {
                        return Ok(Transformed::no(Expr::InList(InList::new(
                            value, list, negated,
                        ))));
                    }
                }
                let list = list.into_iter().map(key).collect::<Result<Vec<_>>>()?;
                let value = Box::new(key(*value)?);
                Ok(Transformed::yes(Expr::InList(InList::new(value, list, negated))))
            }
            other => Ok(Transformed::no(other)),
        }
    }
}

/// Tells whether two sides of an operator are arrays that Arrow would compare otherwise than PostgreSQL.
pub(crate) fn needs_keys(
    operator: Operator,
    left: &Expr,
    right: &Expr,
    schema: &DFSchema,
) -> Result<bool> {
    let is_equality = matches!(
        operator,
        Operator::Eq | Operator::NotEq | Operator::IsDistinctFrom | Operator::IsNotDistinctFrom
    );
    let is_order =
        matches!(operator, Operator::Lt | Operator::LtEq | Operator::Gt | Operator::GtEq);
    if !is_equality && !is_order {
        return Ok(false);
    }
    let (left, right) = (left.get_type(schema)?, right.get_type(schema)?);
    if !array_types::is_array(&left) || !array_types::is_array(&right) {
        return Ok(false);
    }
    let is_plain = left == right
        && array_types::dimensions(&left) == 1
        && functions::are_equal_as_they_are(array_types::item(&left));
    Ok(is_order || !is_plain)
}

/// Returns what an array is compared by.
pub(crate) fn key(array: Expr) -> Result<Expr> {
    functions::call("__array_sort_key", vec![array])
}

fn is_array(expr: &Expr, schema: &DFSchema) -> Result<bool> {
    Ok(array_types::is_array(&expr.get_type(schema)?))
}
