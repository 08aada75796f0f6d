//! Rows of a scope that is not committed yet: in memory while they are few, then in files no commit names.

use crate::data_file::open_parquet;
use crate::error::{Result, StoreError};
use crate::file_writer::writer_properties;
use crate::heartbeat::Signs;
use crate::store::Store;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::parquet::arrow::AsyncArrowWriter;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt, stream};
use object_store::buffered::BufWriter;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use uuid::Uuid;

/// The folder of staged files in a store.
pub(crate) const FOLDER: &str = "_staging";
/// A scope that holds more than this in memory (bytes, rows) is written out.
const MOST_BYTES: usize = 16 << 20;
const MOST_ROWS: usize = 50_000;
/// Small batches are joined once they have this many rows: each brings buffers larger than its content.
const JOINED_ROWS: usize = 4096;
/// Staged files older than this belong to a run that broke off.
const STALE_AFTER_HOURS: i64 = 24;

/// Where the staged files of a run go.
#[derive(Debug, Clone)]
pub(crate) struct StagingArea {
    store: Arc<dyn ObjectStore>,
    folder: String,
    described: String,
}

impl StagingArea {
    /// Returns the area of a run.
    pub(crate) fn new(store: &Store, run_id: &str) -> Self {
        let folder = format!("{FOLDER}/{run_id}");
        Self { store: store.root().clone(), described: store.describe(&folder), folder }
    }

    fn describe(&self, path: &Path) -> String {
        format!("{}/{}", self.described, path.filename().unwrap_or_default())
    }

    /// Deletes everything in it; what cannot be deleted is left to a later run.
    pub(crate) async fn clear(&self) {
        let files: Vec<_> = self
            .store
            .list(Some(&Path::from(self.folder.as_str())))
            .try_collect()
            .await
            .unwrap_or_default();
        for file in files {
            delete(&self.store, &file.location).await;
        }
    }
}

/// The staged rows of one scope.
#[derive(Debug)]
pub(crate) struct StagedRows {
    area: StagingArea,
    schema: SchemaRef,
    memory: Vec<RecordBatch>,
    memory_rows: usize,
    memory_bytes: usize,
    unjoined: Vec<RecordBatch>,
    unjoined_rows: usize,
    unjoined_bytes: usize,
    files: Vec<(Path, u64)>,
    rows: usize,
}

impl StagedRows {
    /// Starts a scope whose rows have these columns.
    pub(crate) fn new(area: StagingArea, schema: SchemaRef) -> Self {
        Self {
            area,
            schema,
            memory: Vec::new(),
            memory_rows: 0,
            memory_bytes: 0,
            unjoined: Vec::new(),
            unjoined_rows: 0,
            unjoined_bytes: 0,
            files: Vec::new(),
            rows: 0,
        }
    }

    /// Returns how many rows are staged.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns how many rows are held in memory.
    pub(crate) fn rows_in_memory(&self) -> usize {
        self.memory_rows + self.unjoined_rows
    }

    /// Returns how many bytes are held in memory.
    pub(crate) fn bytes_in_memory(&self) -> usize {
        self.memory_bytes + self.unjoined_bytes
    }

    /// Moves everything in memory to a staged file.
    pub(crate) async fn spill(&mut self) -> Result<()> {
        self.join()?;
        self.write_out().await
    }

    /// Adds rows.
    pub(crate) async fn push(&mut self, rows: RecordBatch) -> Result<()> {
        self.rows += rows.num_rows();
        self.unjoined_rows += rows.num_rows();
        self.unjoined_bytes += rows.get_array_memory_size();
        self.unjoined.push(rows);
        if self.unjoined_rows >= JOINED_ROWS {
            self.join()?;
        }
        if self.memory_bytes >= MOST_BYTES || self.memory_rows >= MOST_ROWS {
            self.write_out().await?;
        }
        Ok(())
    }

    /// Ends a scope: nothing is added any more.
    pub(crate) fn seal(&mut self) -> Result<()> {
        self.join()
    }

    /// Reads all rows again, in the order in which they came.
    pub(crate) fn read(&self) -> BoxStream<'static, Result<RecordBatch>> {
        let area = self.area.clone();
        let spilled = stream::iter(self.files.clone()).then(move |(path, size)| {
            let area = area.clone();
            async move {
                let described = area.describe(&path);
                let rows = open_parquet(&area.store, path, size).await;
                let rows = rows.map_err(|error| StoreError::read(described.as_str(), error))?;
                Ok::<_, StoreError>(
                    rows.map_err(move |error| StoreError::read(described.as_str(), error)),
                )
            }
        });
        let spilled = spilled.try_flatten();
        let mut batches = self.memory.clone();
        batches.extend(self.unjoined.iter().cloned());
        spilled.chain(stream::iter(batches.into_iter().map(Ok))).boxed()
    }

    /// Deletes the files.
    pub(crate) async fn discard(&self) {
        for (path, _) in &self.files {
            delete(&self.area.store, path).await;
        }
    }

    fn join(&mut self) -> Result<()> {
        if self.unjoined.is_empty() {
            return Ok(());
        }
        let joined = concat_batches(&self.schema, &self.unjoined)?;
        self.memory_rows += joined.num_rows();
        self.memory_bytes += joined.get_array_memory_size();
        self.memory.push(joined);
        self.unjoined.clear();
        self.unjoined_rows = 0;
        self.unjoined_bytes = 0;
        Ok(())
    }

    async fn write_out(&mut self) -> Result<()> {
        let failed = |error| StoreError::io("write", self.area.described.as_str(), error);
        let path = Path::from(format!("{}/{}.parquet", self.area.folder, Uuid::new_v4()));
        let sink = BufWriter::new(self.area.store.clone(), path.clone());
        let mut writer =
            AsyncArrowWriter::try_new(sink, self.schema.clone(), Some(writer_properties()))
                .map_err(failed)?;
        for rows in &self.memory {
            writer.write(rows).await.map_err(failed)?;
        }
        writer.finish().await.map_err(failed)?;
        let size = u64::try_from(writer.bytes_written()).unwrap_or_default();
        self.files.push((path, size));
        self.memory.clear();
        self.memory_rows = 0;
        self.memory_bytes = 0;
        Ok(())
    }
}

/// Deletes what runs that broke off have left; those that give signs of life keep theirs, however old.
pub(crate) async fn remove_stale(store: &Store) -> Result<()> {
    let failed = |error| StoreError::io("read", store.describe(FOLDER), error);
    let files: Vec<_> =
        store.root().list(Some(&Path::from(FOLDER))).try_collect().await.map_err(failed)?;
    let limit = chrono::Utc::now() - chrono::Duration::hours(STALE_AFTER_HOURS);
    let signs = Signs::of(&files);
    let is_stale = |file: &&ObjectMeta| {
        let run_id = file.location.parts().nth_back(1);
        let may_go_on = run_id.is_some_and(|run_id| signs.may_go_on(run_id.as_ref(), None));
        file.last_modified < limit && !may_go_on
    };
    for file in files.iter().filter(is_stale) {
        delete(store.root(), &file.location).await;
    }
    Ok(())
}

/// Deletes a file of the staging folder; one that cannot be deleted is left to a later run.
pub(crate) async fn delete(store: &Arc<dyn ObjectStore>, path: &Path) {
    if let Err(error) = store.delete(path).await {
        tracing::debug!(%path, %error, "a staged file could not be deleted");
    }
}
