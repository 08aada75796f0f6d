//! Writes sorted versions into Parquet files of the intended size, with the statistics that prune.

use crate::data_file::partition_values;
use crate::error::{Result, StoreError};
use crate::layout::CURRENT;
use crate::statistics::StatisticsBuilder;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::parquet::arrow::AsyncArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use deltalake_core::kernel::Add;
use object_store::buffered::BufWriter;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use uuid::Uuid;

/// A file is closed once it has grown to this many bytes.
const TARGET_BYTES: usize = 96 << 20;
/// Rows in a row group: few enough that the groups of a sorted file prune well and little is held in memory.
const ROW_GROUP_ROWS: usize = 1 << 15;

/// Writes the files of one partition of a table.
pub(crate) struct FileWriter {
    store: Arc<dyn ObjectStore>,
    schema: SchemaRef,
    current: bool,
    table: String,
    open: Option<OpenFile>,
    added: Vec<Add>,
}

struct OpenFile {
    path: String,
    writer: AsyncArrowWriter<BufWriter>,
    statistics: StatisticsBuilder,
}

impl FileWriter {
    /// Starts writing files of the present or of the history below a table's folder.
    pub(crate) fn new(
        store: Arc<dyn ObjectStore>,
        schema: SchemaRef,
        current: bool,
        table: &str,
    ) -> Self {
        Self { store, schema, current, table: table.to_owned(), open: None, added: Vec::new() }
    }

    /// Writes rows; they must come in the order of the table's identity.
    pub(crate) async fn write(&mut self, rows: &RecordBatch) -> Result<()> {
        if rows.num_rows() == 0 {
            return Ok(());
        }
        let mut file = match self.open.take() {
            Some(file) => file,
            None => self.start()?,
        };
        file.writer.write(rows).await.map_err(|error| self.failed(error))?;
        file.statistics.update(rows);
        let full = file.writer.bytes_written() + file.writer.in_progress_size() >= TARGET_BYTES;
        self.open = Some(file);
        if full { self.close().await } else { Ok(()) }
    }

    /// Closes the last file and returns the files written.
    pub(crate) async fn finish(mut self) -> Result<Vec<Add>> {
        self.close().await?;
        Ok(self.added)
    }

    fn start(&self) -> Result<OpenFile> {
        let path = format!("{CURRENT}={}/part-{}.zstd.parquet", self.current, Uuid::new_v4());
        let sink = BufWriter::new(self.store.clone(), Path::from(path.as_str()));
        let writer =
            AsyncArrowWriter::try_new(sink, self.schema.clone(), Some(writer_properties()))
                .map_err(|error| self.failed(error))?;
        Ok(OpenFile { path, writer, statistics: StatisticsBuilder::new(self.schema.clone()) })
    }

    async fn close(&mut self) -> Result<()> {
        let Some(mut file) = self.open.take() else { return Ok(()) };
        file.writer.finish().await.map_err(|error| self.failed(error))?;
        self.added.push(Add {
            path: file.path,
            partition_values: partition_values(self.current),
            size: i64::try_from(file.writer.bytes_written()).unwrap_or(i64::MAX),
            modification_time: chrono::Utc::now().timestamp_millis(),
            data_change: true,
            stats: Some(file.statistics.finish()),
            ..Add::default()
        });
        Ok(())
    }

    fn failed(&self, error: datafusion::parquet::errors::ParquetError) -> StoreError {
        StoreError::io("write", self.table.as_str(), error)
    }
}

/// Deletes files that no commit names; what cannot be deleted now is left to the vacuum.
pub(crate) async fn discard(store: &Arc<dyn ObjectStore>, files: &[Add]) {
    for file in files {
        if let Err(error) = store.delete(&Path::from(file.path.as_str())).await {
            tracing::debug!(path = file.path, %error, "an unused file stays until the next vacuum");
        }
    }
}

/// Returns how all files of a store are written.
pub(crate) fn writer_properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .build()
}
