//! The table, opened for one statement.

use super::facts::CompleteScopes;
use super::inputs::{self, Input};
use super::stream::{FindingsStream, Scans};
use crate::engine::Engine;
use async_trait::async_trait;
use census_directory::census_tables;
use census_error::Result;
use census_store::CoverageRow;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::Result as DataFusionResult;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::streaming::StreamingTableExec;
use std::sync::Arc;

/// The table and what it reads.
pub(crate) struct Opened {
    pub(crate) table: Arc<dyn TableProvider>,
    /// The ids of the datasets.
    pub(crate) datasets: Vec<String>,
}

/// Opens every dataset that rules read and that the directory has; `coverage` was read before.
///
/// # Errors
/// Those of the store.
pub(crate) async fn open(engine: &Engine, coverage: &[CoverageRow]) -> Result<Opened> {
    let mut sources = Vec::new();
    for input in inputs::ALL {
        if let Ok(dataset) = engine.directory().dataset(input.dataset) {
            let table = engine.store().present_with_kept_tags(dataset).await?;
            let projection = input.projection(table.as_ref())?;
            sources.push(Source { input, table, projection });
        }
    }
    let datasets = sources.iter().map(|source| source.input.dataset.to_owned()).collect();
    let complete = Arc::new(CompleteScopes::of(coverage));
    let schema = census_tables::FINDINGS.schema();
    let table = Arc::new(FindingsTable { schema, sources, complete });
    Ok(Opened { table, datasets })
}

#[derive(Debug)]
struct Source {
    input: &'static Input,
    table: Arc<dyn TableProvider>,
    projection: Vec<usize>,
}

#[derive(Debug)]
struct FindingsTable {
    schema: SchemaRef,
    sources: Vec<Source>,
    complete: Arc<CompleteScopes>,
}

/// Columns that every input has too: a finding comes from rows of its own account and region alone.
const SHARED: [&str; 2] = ["account_id", "region"];

#[async_trait]
impl TableProvider for FindingsTable {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::View
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> DataFusionResult<Vec<TableProviderFilterPushDown>> {
        let is_shared = |filter: &&Expr| {
            filter.column_refs().iter().all(|column| SHARED.contains(&column.name.as_str()))
        };
        Ok(filters
            .iter()
            .map(|filter| {
                if is_shared(filter) {
                    TableProviderFilterPushDown::Inexact
                } else {
                    TableProviderFilterPushDown::Unsupported
                }
            })
            .collect())
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> DataFusionResult<Arc<dyn ExecutionPlan>> {
        let mut scans = Scans::new();
        for Source { input, table, projection } in &self.sources {
            let scan = table.scan(state, Some(projection), filters, None).await?;
            scans.insert(input.dataset, scan);
        }
        let stream = FindingsStream {
            schema: Arc::clone(&self.schema),
            scans,
            complete: Arc::clone(&self.complete),
        };
        let schema = Arc::clone(&self.schema);
        let plan = StreamingTableExec::try_new(
            schema,
            vec![Arc::new(stream)],
            projection,
            [],
            false,
            limit,
        )?;
        Ok(Arc::new(plan))
    }
}
