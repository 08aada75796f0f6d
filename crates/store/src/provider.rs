//! A dataset as DataFusion scans it: a plain Parquet scan over the list of active files.
//!
//! It is deliberately not deltalake's own scan node: a plan of plain Parquet scans can be sent to other machines.

use crate::data_file::DataFile;
use crate::object_reader::FOOTER_BYTES;
use crate::scan_reader::ScanReaders;
use crate::store::Store;
use async_trait::async_trait;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::pruning::PrunableStatistics;
use datafusion::common::stats::Precision;
use datafusion::common::{DFSchema, Statistics};
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::{FileGroup, FileScanConfigBuilder, ParquetSource};
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::logical_expr::utils::conjunction;
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_optimizer::pruning::PruningPredicateBuilder;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use std::sync::Arc;

/// The versions that a list of files holds.
#[derive(Debug)]
pub(crate) struct VersionsProvider {
    url: ObjectStoreUrl,
    readers: Arc<ScanReaders>,
    schema: SchemaRef,
    files: Vec<PartitionedFile>,
    pruning: Vec<Arc<Statistics>>,
}

impl VersionsProvider {
    /// Returns a table of these columns over files of a table's folder in a store.
    pub(crate) fn new(store: &Store, folder: &str, schema: SchemaRef, files: &[DataFile]) -> Self {
        let readers = Arc::new(ScanReaders::new(store.root().clone(), store.location()));
        let mut scanned = Vec::with_capacity(files.len());
        let mut pruning = Vec::with_capacity(files.len());
        for file in files {
            let statistics = Arc::new(file.statistics.to_datafusion(&schema, file.size));
            let path = format!("{folder}/{}", file.path);
            let partitioned =
                PartitionedFile::new(path, file.size).with_metadata_size_hint(FOOTER_BYTES);
            scanned.push(partitioned.with_statistics(statistics.clone()));
            pruning.push(statistics);
        }
        Self { url: store.url().clone(), readers, schema, files: scanned, pruning }
    }

    /// Returns the files that may hold rows that pass the filters.
    fn prune(&self, state: &dyn Session, filters: &[Expr]) -> Result<Vec<PartitionedFile>> {
        let Some(filter) = conjunction(filters.iter().cloned()) else {
            return Ok(self.files.clone());
        };
        let columns = DFSchema::try_from(self.schema.clone())?;
        let predicate = state.create_physical_expr(filter, &columns)?;
        // A filter that statistics say nothing about keeps every file.
        let builder = PruningPredicateBuilder::new().with_file_schema(self.schema.clone());
        let Some(predicate) = builder.build(predicate) else {
            return Ok(self.files.clone());
        };
        let kept =
            predicate.prune(&PrunableStatistics::new(self.pruning.clone(), self.schema.clone()))?;
        let files = self.files.iter().zip(kept).filter(|(_, keep)| *keep);
        Ok(files.map(|(file, _)| file.clone()).collect())
    }
}

#[async_trait]
impl TableProvider for VersionsProvider {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(
        &self,
        filters: &[&Expr],
    ) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    fn statistics(&self) -> Option<Statistics> {
        Statistics::try_merge_iter(self.pruning.iter().map(AsRef::as_ref), &self.schema).ok()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let files = self.prune(state, filters)?;
        if files.is_empty() {
            let schema = match projection {
                Some(columns) => Arc::new(self.schema.project(columns)?),
                None => self.schema.clone(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        let known = files.iter().filter_map(|file| file.statistics.as_deref());
        let mut statistics = Statistics::try_merge_iter(known, &self.schema)?;
        // Sizes on disk say little about sizes in memory.
        statistics.total_byte_size = Precision::Absent;
        let options = state.config_options().execution.parquet.clone();
        let source = ParquetSource::new(self.schema.clone()).with_table_parquet_options(
            datafusion::common::config::TableParquetOptions {
                global: options,
                ..Default::default()
            },
        );
        let source = source.with_parquet_file_reader_factory(self.readers.clone());
        let groups = FileGroup::new(files).split_files(state.config().target_partitions());
        let config = FileScanConfigBuilder::new(self.url.clone(), Arc::new(source))
            .with_file_groups(groups)
            .with_statistics(statistics)
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}
