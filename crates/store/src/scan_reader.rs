//! Reads files for a scan of DataFusion, and says which file it was where that fails.

use crate::error::StoreError;
use crate::numbered_texts;
use crate::object_reader::ObjectReader;
use bytes::Bytes;
use datafusion::datasource::listing::PartitionedFile;
use datafusion::datasource::physical_plan::ParquetFileReaderFactory;
use datafusion::datasource::physical_plan::parquet::ParquetFileMetrics;
use datafusion::parquet::arrow::arrow_reader::ArrowReaderOptions;
use datafusion::parquet::arrow::async_reader::AsyncFileReader;
use datafusion::parquet::errors::{ParquetError, Result};
use datafusion::parquet::file::metadata::ParquetMetaData;
use datafusion::physical_plan::metrics::ExecutionPlanMetricsSet;
use futures::FutureExt;
use futures::future::BoxFuture;
use object_store::ObjectStore;
use std::ops::Range;
use std::sync::Arc;

/// Opens the files of a store for a scan.
#[derive(Debug)]
pub(crate) struct ScanReaders {
    root: Arc<dyn ObjectStore>,
    location: String,
}

impl ScanReaders {
    /// Reads files below the root of a store, whose location is for messages.
    pub(crate) fn new(root: Arc<dyn ObjectStore>, location: &str) -> Self {
        Self { root, location: location.trim_end_matches('/').to_owned() }
    }
}

impl ParquetFileReaderFactory for ScanReaders {
    fn create_reader(
        &self,
        partition_index: usize,
        file: PartitionedFile,
        _metadata_size_hint: Option<usize>,
        metrics: &ExecutionPlanMetricsSet,
    ) -> datafusion::common::Result<Box<dyn AsyncFileReader + Send>> {
        let object = file.object_meta;
        let path = format!("{}/{}", self.location, object.location);
        let metrics = ParquetFileMetrics::new(partition_index, object.location.as_ref(), metrics);
        let inner = ObjectReader::new(self.root.clone(), object.location, object.size);
        Ok(Box::new(ScanReader { inner, path, metrics }))
    }
}

/// Reads one file, and counts the bytes for `EXPLAIN ANALYZE`.
struct ScanReader {
    inner: ObjectReader,
    path: String,
    metrics: ParquetFileMetrics,
}

impl AsyncFileReader for ScanReader {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, Result<Bytes>> {
        async move {
            let bytes = self.inner.get_bytes(range).await;
            let bytes = bytes.map_err(|error| named(&self.path, error))?;
            self.metrics.bytes_scanned.add(bytes.len());
            Ok(bytes)
        }
        .boxed()
    }

    fn get_byte_ranges(&mut self, ranges: Vec<Range<u64>>) -> BoxFuture<'_, Result<Vec<Bytes>>> {
        async move {
            let parts = self.inner.get_byte_ranges(ranges).await;
            let parts = parts.map_err(|error| named(&self.path, error))?;
            self.metrics.bytes_scanned.add(parts.iter().map(Bytes::len).sum());
            Ok(parts)
        }
        .boxed()
    }

    fn get_metadata<'a>(
        &'a mut self,
        options: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, Result<Arc<ParquetMetaData>>> {
        async move {
            let metadata = self.inner.get_metadata(options).await.and_then(numbered_texts::keep);
            metadata.map_err(|error| named(&self.path, error))
        }
        .boxed()
    }
}

fn named(path: &str, error: ParquetError) -> ParquetError {
    let error: census_error::Error = StoreError::read(path, error).into();
    ParquetError::External(Box::new(error))
}
