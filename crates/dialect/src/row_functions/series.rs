//! `generate_series` of constants in FROM, whose rows are made as they are asked for: no list of them is ever held.

use crate::functions::MAXIMUM_SERIES;
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::common::{Result, ScalarValue};
use datafusion::datasource::provider_as_source;
use datafusion::functions_table::generate_series::{GenSeriesArgs, GenerateSeriesTable};
use datafusion::logical_expr::expr::ScalarFunction;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, col};
use std::sync::Arc;

/// The function whose lists these are the items of.
const LIST: &str = "__series";

/// The name of the only column within the plan.
const VALUE: &str = "value";

/// Returns the rows of a list that is a series of constant numbers; `None` for any other list, and for a series that
/// is too long.
pub(super) fn plan(list: &Expr, table: &str) -> Result<Option<LogicalPlan>> {
    let Some((start, end, step)) = bounds(list) else { return Ok(None) };
    let count = (i128::from(end) - i128::from(start)) / i128::from(step);
    if count >= i128::try_from(MAXIMUM_SERIES).unwrap_or(i128::MAX) {
        return Ok(None);
    }
    let schema = Arc::new(Schema::new(vec![Field::new(VALUE, DataType::Int64, false)]));
    let name = "generate_series";
    let arguments = GenSeriesArgs::Int64Args { start, end, step, include_end: true, name };
    let source = provider_as_source(Arc::new(GenerateSeriesTable::new(schema, arguments)));
    let builder = LogicalPlanBuilder::scan(name, source, None)?;
    builder.project(vec![col(VALUE).alias(table)])?.build().map(Some)
}

/// Returns where a series begins and ends, and its step, which is not 0.
fn bounds(list: &Expr) -> Option<(i64, i64, i64)> {
    let Expr::ScalarFunction(ScalarFunction { func, args }) = list else { return None };
    if func.name() != LIST {
        return None;
    }
    let numbers: Vec<i64> = args.iter().map(number).collect::<Option<_>>()?;
    match numbers.as_slice() {
        [start, end] => Some((*start, *end, 1)),
        [start, end, step] if *step != 0 => Some((*start, *end, *step)),
        _ => None,
    }
}

fn number(argument: &Expr) -> Option<i64> {
    match argument {
        Expr::Literal(ScalarValue::Int64(number), _) => *number,
        Expr::Negative(value) => number(value)?.checked_neg(),
        _ => None,
    }
}
