//! A dataset as DataFusion scans it: a plain Parquet scan over the list of active files.
//!
//! It is deliberately not deltalake's own scan node: a plan of plain Parquet scans can be sent to other machines.

use crate::data_file::DataFile;
use crate::key_reading::{self, KeyReading};
use crate::layout::Layout;
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
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown, TableType};
use datafusion::physical_expr::{PhysicalExpr, conjunction_opt};
use datafusion::physical_optimizer::pruning::PruningPredicateBuilder;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::empty::EmptyExec;
use std::sync::Arc;

/// The versions that a list of files holds.
#[derive(Debug)]
pub(crate) struct VersionsProvider {
    url: ObjectStoreUrl,
    readers: Arc<ScanReaders>,
    /// The columns that are shown.
    shown: KnownColumns,
    /// The columns that the files have.
    stored: KnownColumns,
    files: Vec<PartitionedFile>,
}

impl VersionsProvider {
    /// Returns a table of these columns over files of a table in a store.
    pub(crate) fn new(
        store: &Store,
        layout: &Layout,
        schema: SchemaRef,
        files: &[DataFile],
    ) -> Self {
        let readers = Arc::new(ScanReaders::new(store.root().clone(), store.location()));
        let shown = KnownColumns::new(schema, files);
        let scanned = files.iter().zip(&shown.statistics).map(|(file, statistics)| {
            let path = format!("{}/{}", layout.folder, file.path);
            PartitionedFile::new(path, file.size)
                .with_metadata_size_hint(FOOTER_BYTES)
                .with_statistics(statistics.clone())
        });
        let files_scanned = scanned.collect();
        let stored = KnownColumns::new(layout.stored.clone(), files);
        Self { url: store.url().clone(), readers, shown, stored, files: files_scanned }
    }

    /// Returns the files that may hold rows that pass the filters, and those filters that read kept tags only:
    /// DataFusion, which knows the map but not the column, would not hand them to Parquet.
    fn prune(
        &self,
        state: &dyn Session,
        filters: &[Expr],
    ) -> Result<(Vec<PartitionedFile>, KeptTagFilters)> {
        let columns = DFSchema::try_from(self.shown.schema.clone())?;
        let (mut on_shown, mut on_stored, mut on_kept_tags) = (Vec::new(), Vec::new(), Vec::new());
        for filter in filters {
            let filter = state.create_physical_expr(filter.clone(), &columns)?;
            let plain = key_reading::over_kept_tags(
                filter.clone(),
                &self.shown.schema,
                &self.stored.schema,
            )?;
            if let Some(plain) = plain {
                on_stored.push(plain);
                on_kept_tags.push(filter.clone());
            }
            on_shown.push(filter);
        }
        let by_shown = self.shown.prune(on_shown)?;
        let by_stored = self.stored.prune(on_stored)?;
        let kept = by_shown.into_iter().zip(by_stored).map(|(shown, stored)| shown && stored);
        let files = self.files.iter().zip(kept).filter(|(_, keep)| *keep);
        Ok((files.map(|(file, _)| file.clone()).collect(), on_kept_tags))
    }
}

/// Filters that read kept tags only.
type KeptTagFilters = Vec<Arc<dyn PhysicalExpr>>;

/// Columns, and what is known of their values in each file.
#[derive(Debug)]
struct KnownColumns {
    schema: SchemaRef,
    statistics: Vec<Arc<Statistics>>,
}

impl KnownColumns {
    fn new(schema: SchemaRef, files: &[DataFile]) -> Self {
        let of_file = |file: &DataFile| Arc::new(file.statistics.to_datafusion(&schema, file.size));
        let statistics = files.iter().map(of_file).collect();
        Self { schema, statistics }
    }

    /// Tells of each file whether it may hold rows that pass filters on these columns.
    fn prune(&self, filters: Vec<Arc<dyn PhysicalExpr>>) -> Result<Vec<bool>> {
        let builder = PruningPredicateBuilder::new().with_file_schema(self.schema.clone());
        // A filter that statistics say nothing about keeps every file.
        match conjunction_opt(filters).and_then(|filter| builder.build(filter)) {
            Some(predicate) => predicate
                .prune(&PrunableStatistics::new(self.statistics.clone(), self.schema.clone())),
            None => Ok(vec![true; self.statistics.len()]),
        }
    }
}

#[async_trait]
impl TableProvider for VersionsProvider {
    fn schema(&self) -> SchemaRef {
        self.shown.schema.clone()
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
        let known = self.shown.statistics.iter().map(AsRef::as_ref);
        Statistics::try_merge_iter(known, &self.shown.schema).ok()
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let (files, on_kept_tags) = self.prune(state, filters)?;
        if files.is_empty() {
            let schema = match projection {
                Some(columns) => Arc::new(self.shown.schema.project(columns)?),
                None => self.shown.schema.clone(),
            };
            return Ok(Arc::new(EmptyExec::new(schema)));
        }
        let known = files.iter().filter_map(|file| file.statistics.as_deref());
        let mut statistics = Statistics::try_merge_iter(known, &self.shown.schema)?;
        // Sizes on disk say little about sizes in memory.
        statistics.total_byte_size = Precision::Absent;
        let options = state.config_options().execution.parquet.clone();
        let source = ParquetSource::new(self.shown.schema.clone()).with_table_parquet_options(
            datafusion::common::config::TableParquetOptions {
                global: options,
                ..Default::default()
            },
        );
        let mut source = source.with_parquet_file_reader_factory(self.readers.clone());
        if let Some(filter) = conjunction_opt(on_kept_tags) {
            source = source.with_predicate(filter);
        }
        let groups = FileGroup::new(files).split_files(state.config().target_partitions());
        let config = FileScanConfigBuilder::new(self.url.clone(), Arc::new(source))
            .with_file_groups(groups)
            .with_statistics(statistics)
            .with_expr_adapter(Some(Arc::new(KeyReading)))
            .with_projection_indices(projection.cloned())?
            .with_limit(limit)
            .build();
        Ok(DataSourceExec::from_data_source(config))
    }
}
