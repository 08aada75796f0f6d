//! Tables whose columns are stored in another form than the engine has: their json is text until it is read.

use census_dialect::functions;
use census_error::{Error, Result};
use census_types::json;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::TableProvider;
use datafusion::common::{Result as DataFusionResult, TableReference};
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{
    Expr, LogicalPlan, LogicalPlanBuilder, TableProviderFilterPushDown, TableSource, ident,
};
use std::borrow::Cow;
use std::sync::Arc;

/// Returns a table as the engine reads it. Where it has json, a projection stands above its scan, through which
/// DataFusion pushes filters of other columns.
///
/// # Errors
/// None but faults of the plan, which are ours.
pub(crate) fn source(
    reference: &TableReference,
    provider: Arc<dyn TableProvider>,
) -> Result<Arc<dyn TableSource>> {
    let source = provider_as_source(provider);
    let schema = source.schema();
    if !schema.fields().iter().any(|field| json::is_stored_json(field)) {
        return Ok(source);
    }
    let columns = schema.fields().iter().map(|field| {
        let column = ident(field.name());
        if json::is_stored_json(field) {
            Ok(functions::json_of_stored(column)?.alias(field.name()))
        } else {
            Ok(column)
        }
    });
    let plan = || -> DataFusionResult<LogicalPlan> {
        let columns = columns.collect::<DataFusionResult<Vec<Expr>>>()?;
        LogicalPlanBuilder::scan(reference.clone(), source, None)?.project(columns)?.build()
    };
    let plan = plan().map_err(Error::internal)?;
    let schema = Arc::clone(plan.schema().inner());
    Ok(Arc::new(StoredTable { plan, schema }))
}

/// A scan with a projection above it.
struct StoredTable {
    plan: LogicalPlan,
    schema: SchemaRef,
}

impl TableSource for StoredTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn get_logical_plan(&self) -> Option<Cow<'_, LogicalPlan>> {
        Some(Cow::Borrowed(&self.plan))
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> DataFusionResult<Vec<TableProviderFilterPushDown>> {
        // The scan below answers for itself: this table is replaced by its plan before filters are pushed.
        Ok(vec![TableProviderFilterPushDown::Unsupported; filters.len()])
    }
}
