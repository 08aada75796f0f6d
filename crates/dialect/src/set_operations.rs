//! `EXCEPT ALL` and `INTERSECT ALL`: a row that stands there several times counts as often.

use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::Transformed;
use datafusion::common::{Column, JoinType, NullEquality, Result};
use datafusion::functions_window::row_number::row_number_udwf;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Distinct, Expr, ExprFunctionExt, Join, LogicalPlan, LogicalPlanBuilder, Window,
    WindowFunctionDefinition,
};
use datafusion::optimizer::AnalyzerRule;
use std::sync::Arc;

/// The column that numbers rows that are alike.
const NUMBER: &str = "__number";

/// Compares rows together with how often they have come before.
///
/// DataFusion's planner makes a semi or anti join on all columns, with NULL equal to NULL, of these operations alone;
/// without ALL its left side is distinct already.
#[derive(Debug)]
pub struct SetOperationRule;

impl AnalyzerRule for SetOperationRule {
    fn name(&self) -> &'static str {
        "ddsql_set_operations"
    }

    fn analyze(&self, plan: LogicalPlan, _config: &ConfigOptions) -> Result<LogicalPlan> {
        let rewritten = plan.transform_up_with_subqueries(|node| match node {
            LogicalPlan::Join(join) if counts_rows(&join) => Ok(Transformed::yes(numbered(join)?)),
            other => Ok(Transformed::no(other)),
        })?;
        Ok(rewritten.data)
    }
}

fn counts_rows(join: &Join) -> bool {
    let is_distinct = matches!(
        join.left.as_ref(),
        LogicalPlan::Distinct(Distinct::All(_)) | LogicalPlan::Aggregate(_)
    );
    matches!(join.join_type, JoinType::LeftSemi | JoinType::LeftAnti)
        && join.null_equality == NullEquality::NullEqualsNull
        && !join.on.is_empty()
        && !is_distinct
}

fn numbered(join: Join) -> Result<LogicalPlan> {
    let columns: Vec<Expr> = join.schema.columns().into_iter().map(Expr::Column).collect();
    let (left, right): (Vec<Expr>, Vec<Expr>) = join.on.iter().cloned().unzip();
    let mut on = join.on;
    let number = Expr::Column(Column::from_name(NUMBER));
    on.push((number.clone(), number));
    let joined = LogicalPlan::Join(Join::try_new(
        Arc::new(with_number(join.left, left)?),
        Arc::new(with_number(join.right, right)?),
        on,
        join.filter,
        join.join_type,
        join.join_constraint,
        join.null_equality,
        join.null_aware,
    )?);
    LogicalPlanBuilder::from(joined).project(columns)?.build()
}

/// Numbers the rows that are alike in the given values.
fn with_number(plan: Arc<LogicalPlan>, values: Vec<Expr>) -> Result<LogicalPlan> {
    let function = WindowFunctionDefinition::WindowUDF(row_number_udwf());
    let number = Expr::from(WindowFunction::new(function, Vec::new()))
        .partition_by(values)
        .build()?
        .alias(NUMBER);
    Ok(LogicalPlan::Window(Window::try_new(vec![number], plan)?))
}
