//! `ORDER BY` hstore and interval in PostgreSQL's order, and json by its text: what is sorted by is a value whose
//! order that is.

use crate::functions;
use census_types::{hstore, inet, json};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlan, Sort, SortExpr};
use datafusion::optimizer::AnalyzerRule;

/// Replaces hstores in the ORDER BY of aggregates and windows.
#[derive(Debug)]
pub struct HstoreOrderRewrite;

impl FunctionRewrite for HstoreOrderRewrite {
    fn name(&self) -> &'static str {
        "ddsql_hstore_order"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::WindowFunction(mut window) => {
                let changed = sort_by_keys_of_windows(&mut window.params.order_by, schema)?;
                let window = Expr::WindowFunction(window);
                Ok(if changed { Transformed::yes(window) } else { Transformed::no(window) })
            }
            Expr::AggregateFunction(mut aggregate) => {
                let changed = sort_by_keys(&mut aggregate.params.order_by, schema)?;
                let aggregate = Expr::AggregateFunction(aggregate);
                Ok(if changed { Transformed::yes(aggregate) } else { Transformed::no(aggregate) })
            }
            other => Ok(Transformed::no(other)),
        }
    }
}

/// Replaces hstores in the ORDER BY of queries.
#[derive(Debug)]
pub struct HstoreOrderRule;

impl AnalyzerRule for HstoreOrderRule {
    fn name(&self) -> &'static str {
        "ddsql_hstore_order"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        let rewritten = plan.transform_up_with_subqueries(|node| match node {
            LogicalPlan::Sort(Sort { mut expr, input, fetch }) => {
                let changed = sort_by_keys(&mut expr, input.schema())?;
                let sort = LogicalPlan::Sort(Sort { expr, input, fetch });
                Ok(if changed { Transformed::yes(sort) } else { Transformed::no(sort) })
            }
            other => Ok(Transformed::no(other)),
        })?;
        Ok(rewritten.data)
    }
}

/// Replaces what windows cannot be ordered by by its key; tells whether there was such.
pub(crate) fn sort_by_keys_of_windows(orders: &mut [SortExpr], schema: &DFSchema) -> Result<bool> {
    let mut changed = sort_by_keys(orders, schema)?;
    for order in orders {
        // DataFusion has no frames over bytes.
        if inet::is_inet_type(&order.expr.get_type(schema)?) {
            order.expr = functions::call("__inet_sort_key", vec![order.expr.clone()])?;
            changed = true;
        }
    }
    Ok(changed)
}

/// Replaces every hstore and interval by its key; tells whether there was one.
fn sort_by_keys(orders: &mut [SortExpr], schema: &DFSchema) -> Result<bool> {
    let mut changed = false;
    for order in orders {
        let data_type = order.expr.get_type(schema)?;
        let key = if json::is_json_type(&data_type) {
            // Arrow sorts no structs.
            "__text_out"
        } else if hstore::is_hstore_type(&data_type) {
            "__hstore_sort_key"
        } else if matches!(data_type, DataType::List(_)) {
            "__array_sort_key"
        } else if matches!(data_type, DataType::Interval(_)) {
            "__interval_length"
        } else {
            continue;
        };
        order.expr = functions::call(key, vec![order.expr.clone()])?;
        changed = true;
    }
    Ok(changed)
}
