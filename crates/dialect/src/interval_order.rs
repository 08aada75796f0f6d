//! Intervals are compared by their length: 24 hours are a day, 30 days a month. Their opposite is checked.

use crate::functions;
use datafusion::arrow::datatypes::DataType;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{DFSchema, JoinConstraint, Result};
use datafusion::logical_expr::expr::{Between, InList};
use datafusion::logical_expr::expr_rewriter::FunctionRewrite;
use datafusion::logical_expr::{BinaryExpr, Expr, ExprSchemable, LogicalPlan, Operator};
use datafusion::optimizer::AnalyzerRule;

/// Replaces intervals in comparisons, ranges and lists by their lengths, and `-` of one by a checked function.
#[derive(Debug)]
pub struct IntervalOrderRewrite;

impl FunctionRewrite for IntervalOrderRewrite {
    fn name(&self) -> &'static str {
        "ddsql_interval_order"
    }

    fn rewrite(
        &self,
        expr: Expr,
        schema: &DFSchema,
        _config: &ConfigOptions,
    ) -> Result<Transformed<Expr>> {
        match expr {
            Expr::BinaryExpr(BinaryExpr { left, op, right })
                if is_comparison(op)
                    && is_interval(&left, schema)?
                    && is_interval(&right, schema)? =>
            {
                let (left, right) = (Box::new(length(*left)?), Box::new(length(*right)?));
                Ok(Transformed::yes(Expr::BinaryExpr(BinaryExpr { left, op, right })))
            }
            Expr::Between(Between { expr: value, negated, low, high })
                if is_interval(&value, schema)? =>
            {
                let [value, low, high] = [value, low, high].map(|part| length(*part).map(Box::new));
                Ok(Transformed::yes(Expr::Between(Between::new(value?, negated, low?, high?))))
            }
            Expr::InList(InList { expr: value, list, negated }) if is_interval(&value, schema)? => {
                let list = list.into_iter().map(length).collect::<Result<Vec<_>>>()?;
                let value = Box::new(length(*value)?);
                Ok(Transformed::yes(Expr::InList(InList::new(value, list, negated))))
            }
            Expr::Negative(value) if is_interval(&value, schema)? => {
                Ok(Transformed::yes(functions::call("__interval_negative", vec![*value])?))
            }
            other => Ok(Transformed::no(other)),
        }
    }
}

/// Joins intervals that `USING` names by their lengths; those in `ON` are compared as anywhere.
#[derive(Debug)]
pub struct IntervalJoinRule;

impl AnalyzerRule for IntervalJoinRule {
    fn name(&self) -> &'static str {
        "ddsql_interval_joins"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        let rewritten = plan.transform_up_with_subqueries(|node| {
            let LogicalPlan::Join(mut join) = node else { return Ok(Transformed::no(node)) };
            let mut has_changed = false;
            for (left, right) in &mut join.on {
                if is_interval(left, join.left.schema())?
                    && is_interval(right, join.right.schema())?
                {
                    *left = length(std::mem::take(left))?;
                    *right = length(std::mem::take(right))?;
                    has_changed = true;
                }
            }
            if has_changed {
                join.join_constraint = JoinConstraint::On;
            }
            let join = LogicalPlan::Join(join);
            Ok(if has_changed { Transformed::yes(join) } else { Transformed::no(join) })
        })?;
        Ok(rewritten.data)
    }
}

fn is_comparison(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::Eq
            | Operator::NotEq
            | Operator::Lt
            | Operator::LtEq
            | Operator::Gt
            | Operator::GtEq
            | Operator::IsDistinctFrom
            | Operator::IsNotDistinctFrom
    )
}

fn is_interval(expr: &Expr, schema: &DFSchema) -> Result<bool> {
    Ok(matches!(expr.get_type(schema)?, DataType::Interval(_)))
}

fn length(interval: Expr) -> Result<Expr> {
    functions::call("__interval_length", vec![interval])
}
