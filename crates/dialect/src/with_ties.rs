//! `FETCH FIRST n ROWS WITH TIES`: rows are numbered in their order, and those before or equal to the n-th stay.

use crate::clause_tokens::WITH_TIES;
use crate::functions;
use crate::hstore_order::sort_by_keys_of_windows;
use census_error::{Error, SqlState};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, Result, ScalarValue, internal_err};
use datafusion::logical_expr::expr::{ScalarFunction, WindowFunction};
use datafusion::logical_expr::{
    Expr, ExprFunctionExt, Limit, LogicalPlan, LogicalPlanBuilder, Sort, SortExpr,
    WindowFunctionDefinition, lit, when,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// The numbers of rows; no statement needs such names.
const RANK: &str = "__rank";
const NUMBER: &str = "__number";

/// Replaces limits that have ties.
#[derive(Debug)]
pub struct WithTiesRule;

impl AnalyzerRule for WithTiesRule {
    fn name(&self) -> &'static str {
        "ddsql_with_ties"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        let rewritten = plan.transform_up_with_subqueries(|node| {
            let LogicalPlan::Limit(Limit { skip, fetch: Some(fetch), input }) = &node else {
                return Ok(Transformed::no(node));
            };
            let Some(count) = tied_count(fetch) else {
                return Ok(Transformed::no(node));
            };
            let kept = Kept { count, skip: skip.as_deref() };
            Ok(Transformed::yes(kept.of(input)?))
        })?;
        Ok(rewritten.data)
    }
}

/// Returns the call around the number of rows, which looks at it.
fn tied_count(fetch: &Expr) -> Option<&Expr> {
    match fetch {
        Expr::ScalarFunction(ScalarFunction { func, .. }) if func.name() == WITH_TIES => {
            Some(fetch)
        }
        Expr::Cast(cast) => tied_count(&cast.expr),
        _ => None,
    }
}

/// The rows that stay.
struct Kept<'a> {
    count: &'a Expr,
    skip: Option<&'a Expr>,
}

impl Kept<'_> {
    /// Leaves them of what a sort gives, which columns may be taken away from.
    fn of(&self, plan: &LogicalPlan) -> Result<LogicalPlan> {
        match plan {
            LogicalPlan::Sort(sort) => self.of_sorted(sort),
            LogicalPlan::Projection(_) | LogicalPlan::SubqueryAlias(_) => {
                let inputs = plan.inputs().into_iter().map(|input| self.of(input));
                let inputs = inputs.collect::<Result<Vec<_>>>()?;
                plan.with_new_exprs(plan.expressions(), inputs)
            }
            _ => {
                let message = "WITH TIES is not supported for a query of this form";
                let error = Error::new(SqlState::FeatureNotSupported, message)
                    .with_hint("Put the query without it into a subquery in FROM.");
                Err(functions::external(error))
            }
        }
    }

    fn of_sorted(&self, sort: &Sort) -> Result<LogicalPlan> {
        let columns: Vec<Expr> =
            sort.input.schema().columns().into_iter().map(Expr::Column).collect();
        let mut order = sort.expr.clone();
        sort_by_keys_of_windows(&mut order, sort.input.schema())?;
        let mut condition = self.condition_of_rank()?;
        let mut numbers = vec![number("rank", &order)?.alias(RANK)];
        if let Some(skip) = self.skip {
            numbers.push(number("row_number", &order)?.alias(NUMBER));
            condition = condition.and(column(NUMBER).gt(or_zero(skip)?));
        }
        LogicalPlanBuilder::from(sort.input.as_ref().clone())
            .window(numbers)?
            .filter(condition)?
            .project(columns)?
            .sort(sort.expr.clone())?
            .build()
    }

    fn condition_of_rank(&self) -> Result<Expr> {
        let rank = match self.skip {
            Some(skip) => column(RANK) - or_zero(skip)?,
            None => column(RANK),
        };
        // NULL is no limit.
        Ok(rank.lt_eq(self.count.clone()).or(self.count.clone().is_null()))
    }
}

fn column(name: &str) -> Expr {
    Expr::Column(Column::from_name(name))
}

fn or_zero(count: &Expr) -> Result<Expr> {
    match count {
        Expr::Literal(ScalarValue::Null | ScalarValue::Int64(None), _) => Ok(lit(0_i64)),
        Expr::Literal(..) => Ok(count.clone()),
        _ => when(count.clone().is_null(), lit(0_i64)).otherwise(count.clone()),
    }
}

/// Returns the number that a function gives rows in an order.
fn number(function: &str, order: &[SortExpr]) -> Result<Expr> {
    let udwf = functions::window_functions().into_iter().find(|udwf| udwf.name() == function);
    let Some(udwf) = udwf else {
        return internal_err!("the function {function} is not listed");
    };
    let window =
        WindowFunction::new(WindowFunctionDefinition::WindowUDF(Arc::clone(&udwf)), vec![]);
    Expr::from(window).order_by(order.to_vec()).build()
}
