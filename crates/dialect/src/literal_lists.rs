//! `x IN ('…')` and `x BETWEEN '…' AND '…'`: text literals take the type of x, as they do beside `=`.

use crate::casts::read_literal;
use crate::functions;
use census_types::{hstore, inet, json};
use datafusion::arrow::datatypes::{DataType, Field};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result, ScalarValue};
use datafusion::logical_expr::expr::{Between, InList};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::utils::disjunction;
use datafusion::logical_expr::{Expr, ExprSchemable};

/// Reads text literals in lists and ranges in the type of what is compared.
#[derive(Debug)]
pub struct LiteralListRewrite;

impl FunctionRewrite for LiteralListRewrite {
    fn name(&self) -> &'static str {
        "ddsql_literal_lists"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::InList(InList { expr: value, list, negated }) => {
                let (_, field) = value.to_field(schema)?;
                if !takes_literals(&field) {
                    return Ok(Transformed::no(Expr::InList(InList::new(value, list, negated))));
                }
                let list =
                    list.into_iter().map(|item| read(item, &field)).collect::<Result<Vec<_>>>()?;
                if !hstore::is_hstore(&field) {
                    return Ok(Transformed::yes(Expr::InList(InList::new(value, list, negated))));
                }
                // DataFusion has lists of no maps.
                let equalities = list.into_iter().map(|item| value.as_ref().clone().eq(item));
                match disjunction(equalities) {
                    Some(any) if negated => Ok(Transformed::yes(Expr::Not(Box::new(any)))),
                    Some(any) => Ok(Transformed::yes(any)),
                    None => Ok(Transformed::yes(Expr::Literal(
                        ScalarValue::Boolean(Some(negated)),
                        None,
                    ))),
                }
            }
            Expr::Between(Between { expr: value, negated, low, high }) => {
                let (_, field) = value.to_field(schema)?;
                let takes = takes_literals(&field) && !hstore::is_hstore(&field);
                let (low, high) = if takes {
                    (Box::new(read(*low, &field)?), Box::new(read(*high, &field)?))
                } else {
                    (low, high)
                };
                let between = Expr::Between(Between::new(value, negated, low, high));
                Ok(if takes { Transformed::yes(between) } else { Transformed::no(between) })
            }
            other => Ok(Transformed::no(other)),
        }
    }
}

fn takes_literals(field: &Field) -> bool {
    hstore::is_hstore(field)
        || json::is_json_type(field.data_type())
        || inet::is_inet_type(field.data_type())
        || matches!(
            field.data_type(),
            DataType::Boolean
                | DataType::Int64
                | DataType::Float64
                | DataType::Timestamp(..)
                | DataType::Date32
                | DataType::Time64(_)
                | DataType::Interval(_)
                | DataType::List(_)
        )
}

/// Returns an item in the type of the value; one that is no text literal stays as it is.
fn read(item: Expr, field: &Field) -> Result<Expr> {
    match &item {
        Expr::Literal(ScalarValue::Utf8(Some(_)), _) => read_literal(item, field),
        Expr::Literal(scalar, _) if scalar.is_null() && hstore::is_hstore(field) => {
            functions::call("__hstore_in", vec![item])
        }
        _ => Ok(item),
    }
}
