//! A Parquet file of a table: what the log says of it, and its rows.

use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::layout::{CURRENT, Layout};
use crate::object_reader::ObjectReader;
use crate::statistics::FileStatistics;
use datafusion::arrow::array::RecordBatch;
use datafusion::parquet::arrow::ParquetRecordBatchStreamBuilder;
use datafusion::parquet::arrow::async_reader::ParquetRecordBatchStream;
use deltalake_core::kernel::{Action, LogicalFileView, Remove};
use futures::StreamExt;
use object_store::ObjectStore;
use object_store::path::Path;
use std::collections::HashMap;
use std::sync::Arc;

/// Rows in a batch read from a file.
const BATCH_ROWS: usize = 8192;

/// An active file of a table.
#[derive(Debug, Clone)]
pub(crate) struct DataFile {
    /// Its path below the table's folder.
    pub(crate) path: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// Whether it holds present rows, or else history.
    pub(crate) current: bool,
    /// What the log knows of its values.
    pub(crate) statistics: FileStatistics,
}

impl DataFile {
    /// Reads the log's entry.
    pub(crate) fn from_view(view: &LogicalFileView) -> Self {
        let partition = view.partition_values_map();
        Self {
            path: view.path().into_owned(),
            size: u64::try_from(view.size()).unwrap_or_default(),
            current: partition.get(CURRENT).and_then(Option::as_deref) == Some("true"),
            statistics: view.stats().map(|text| FileStatistics::parse(&text)).unwrap_or_default(),
        }
    }

    /// Returns the action that removes the file.
    pub(crate) fn removal(&self, now_millis: i64) -> Action {
        Action::Remove(Remove {
            path: self.path.clone(),
            data_change: true,
            deletion_timestamp: Some(now_millis),
            extended_file_metadata: Some(true),
            partition_values: Some(partition_values(self.current)),
            size: i64::try_from(self.size).ok(),
            ..Remove::default()
        })
    }

    /// Opens the file of a table to read its rows, in the layout's stored columns.
    pub(crate) async fn open(&self, table: &VersionedTable) -> Result<FileRows> {
        let path = Path::parse(&self.path).unwrap_or_else(|_| Path::from(self.path.as_str()));
        let described = format!("{}/{}", table.path(), self.path);
        let stream = open_parquet(&table.files_store, path, self.size).await;
        let stream = stream.map_err(|error| StoreError::read(described.as_str(), error))?;
        Ok(FileRows { stream, described, layout: table.layout.clone() })
    }
}

/// The rows of a data file, batch by batch.
pub(crate) struct FileRows {
    stream: ParquetRecordBatchStream<ObjectReader>,
    described: String,
    layout: Arc<Layout>,
}

impl FileRows {
    /// Returns the next rows in the layout's stored columns.
    pub(crate) async fn next(&mut self) -> Result<Option<RecordBatch>> {
        match self.stream.next().await {
            None => Ok(None),
            Some(Err(error)) => Err(StoreError::read(self.described.as_str(), error)),
            Some(Ok(rows)) => self.layout.adapt(&rows).map(Some),
        }
    }
}

/// Opens a Parquet file of a known size in bytes.
pub(crate) async fn open_parquet(
    store: &Arc<dyn ObjectStore>,
    path: Path,
    size: u64,
) -> datafusion::parquet::errors::Result<ParquetRecordBatchStream<ObjectReader>> {
    let reader = ObjectReader::new(store.clone(), path, size);
    ParquetRecordBatchStreamBuilder::new(reader).await?.with_batch_size(BATCH_ROWS).build()
}

/// Returns the partition a file belongs to, as the log writes it.
pub(crate) fn partition_values(current: bool) -> HashMap<String, Option<String>> {
    HashMap::from([(CURRENT.to_owned(), Some(current.to_string()))])
}
