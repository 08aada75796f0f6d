//! VALUES whose rows refer to the outer query.

use datafusion::common::Result;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Union, Values};
use std::sync::Arc;

/// Returns the rows as a union of queries without FROM.
pub(super) fn as_projections(values: &Values) -> Result<LogicalPlan> {
    let mut rows = Vec::with_capacity(values.values.len());
    for row in &values.values {
        let columns = row.iter().zip(values.schema.fields());
        let exprs: Vec<Expr> =
            columns.map(|(value, field)| value.clone().alias(field.name().clone())).collect();
        rows.push(Arc::new(LogicalPlanBuilder::empty(true).project(exprs)?.build()?));
    }
    if rows.len() == 1 {
        return Ok(Arc::unwrap_or_clone(rows.swap_remove(0)));
    }
    Ok(LogicalPlan::Union(Union::try_new_with_loose_types(rows)?))
}
