//! One commit of a table: ends and opens versions, rewrites the files that hold ended ones, merges small files.

use crate::change::{Change, Counts};
use crate::data_file::DataFile;
use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::file_writer::{FileWriter, discard};
use crate::known::Arrival;
use crate::sorting::{Output, sorted};
use datafusion::arrow::array::{BooleanArray, RecordBatch};
use datafusion::arrow::compute::filter_record_batch;
use deltalake_core::kernel::{Action, Add};
use futures::{StreamExt, TryStreamExt};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// How often another writer may be first before giving up.
pub(crate) const ATTEMPTS: u32 = 12;
/// A file below this size (bytes) is small.
const SMALL_FILE_BYTES: u64 = 16 << 20;
/// More small files than this in a partition are merged by the next commit.
const MOST_SMALL_FILES: usize = 8;

/// Commits the arrivals' rows; returns what became of them, and whether anything had to be written.
///
/// # Errors
/// 40001 where other writers were first [`ATTEMPTS`] times.
pub(crate) async fn apply(
    table: &mut VersionedTable,
    arrivals: Arc<Vec<Arrival>>,
    run_id: &str,
) -> Result<(Counts, bool)> {
    for attempt in 0..ATTEMPTS {
        table.refresh().await?;
        let files = Arc::new(table.files()?);
        let change = Arc::new(Change::find(table, &files, &arrivals).await?);
        if change.is_empty() {
            return Ok((change.counts, false));
        }
        let rewrite = Rewrite::plan(table, &files, &change, &arrivals);
        let added = rewrite.write().await?;
        if table.commit(rewrite.actions(&added), run_id).await? {
            return Ok((change.counts, true));
        }
        // An answer can get lost: then the commit that was first is this one, and its files are in use.
        table.refresh().await?;
        if has_landed(table, &added)? {
            return Ok((change.counts, true));
        }
        discard(&table.files_store, &added).await;
        tracing::debug!(table = table.path(), attempt, "another writer committed first");
        tokio::time::sleep(backoff(attempt)).await;
    }
    Err(StoreError::Conflict(table.layout.dataset.clone()))
}

/// Tells whether a table names one of the files that were added.
pub(crate) fn has_landed(table: &VersionedTable, added: &[Add]) -> Result<bool> {
    let ours: HashSet<&str> = added.iter().map(|add| add.path.as_str()).collect();
    Ok(table.files()?.iter().any(|file| ours.contains(file.path.as_str())))
}

/// Returns how long to wait: longer each time, and never as long as the other writer does.
pub(crate) fn backoff(attempt: u32) -> Duration {
    let ceiling = 20_u64 << attempt.min(6);
    let (random, _) = Uuid::new_v4().as_u64_pair();
    Duration::from_millis(random % ceiling)
}

/// The files that a commit replaces, and what it writes in their stead.
#[derive(Clone)]
struct Rewrite {
    table: VersionedTable,
    change: Arc<Change>,
    arrivals: Arc<Vec<Arrival>>,
    /// Files of the present that are replaced.
    present: Arc<Vec<DataFile>>,
    /// The paths of those among them that hold rows that end.
    ending: Arc<HashSet<String>>,
    /// Small files of the history that are merged.
    history: Arc<Vec<DataFile>>,
}

impl Rewrite {
    fn plan(
        table: &VersionedTable,
        files: &[DataFile],
        change: &Arc<Change>,
        arrivals: &Arc<Vec<Arrival>>,
    ) -> Self {
        let ends = |position: usize| change.ending[position] > 0;
        let any_ends = (0..files.len()).any(ends);
        let merge_present = small_files(files, true) > MOST_SMALL_FILES;
        let merge_history = any_ends && small_files(files, false) > MOST_SMALL_FILES;
        let (mut present, mut ending, mut history) = (Vec::new(), HashSet::new(), Vec::new());
        for (position, file) in files.iter().enumerate() {
            let small = file.size < SMALL_FILE_BYTES;
            if file.current && (ends(position) || (merge_present && small)) {
                present.push(file.clone());
            }
            if ends(position) {
                ending.insert(file.path.clone());
            }
            if !file.current && merge_history && small {
                history.push(file.clone());
            }
        }
        Self {
            table: table.clone(),
            change: change.clone(),
            arrivals: arrivals.clone(),
            present: Arc::new(present),
            ending: Arc::new(ending),
            history: Arc::new(history),
        }
    }

    /// Writes the new files of both partitions; nothing of it is visible before the commit.
    async fn write(&self) -> Result<Vec<Add>> {
        let rewrite = self.clone();
        let mut added = self
            .write_partition(true, |output| async move { rewrite.produce_present(&output).await })
            .await?;
        if self.ending.is_empty() {
            return Ok(added);
        }
        let rewrite = self.clone();
        let history = self
            .write_partition(false, |output| async move { rewrite.produce_history(&output).await })
            .await;
        match history {
            Ok(history) => added.extend(history),
            Err(error) => {
                discard(&self.table.files_store, &added).await;
                return Err(error);
            }
        }
        Ok(added)
    }

    fn actions(&self, added: &[Add]) -> Vec<Action> {
        let now = chrono::Utc::now().timestamp_millis();
        let removed = self.present.iter().chain(self.history.iter()).map(|file| file.removal(now));
        removed.chain(added.iter().cloned().map(Action::Add)).collect()
    }

    async fn write_partition<F, P>(&self, current: bool, produce: P) -> Result<Vec<Add>>
    where
        P: FnOnce(Output) -> F,
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let layout = &self.table.layout;
        let store = self.table.files_store.clone();
        let mut writer = FileWriter::new(store, layout.stored.clone(), current, self.table.path());
        let mut rows = sorted(layout, produce)?;
        while let Some(rows) = rows.next().await {
            writer.write(&rows?).await?;
        }
        writer.finish().await
    }

    /// Puts out the versions that open and those that stay in the files that are replaced.
    async fn produce_present(&self, output: &Output) -> Result<()> {
        for (position, arrival) in self.arrivals.iter().enumerate() {
            let mut opens = self.change.opens[position].as_slice();
            let mut batches = arrival.rows.read();
            while let Some(rows) = batches.try_next().await? {
                let (these, rest) = opens.split_at(rows.num_rows());
                opens = rest;
                let opened = filter_record_batch(&rows, &BooleanArray::from(these.to_vec()))?;
                let opened =
                    self.table.layout.open_versions(&opened, self.change.times[position])?;
                if !output.send(opened).await {
                    return Ok(());
                }
            }
        }
        for file in self.present.iter() {
            let ends = self.ending.contains(&file.path);
            let mut reader = file.open(&self.table).await?;
            while let Some(rows) = reader.next().await? {
                let staying = if ends { self.staying(&rows)? } else { rows };
                if !output.send(staying).await {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Puts out the versions that end and those of small files that are merged.
    async fn produce_history(&self, output: &Output) -> Result<()> {
        for file in self.present.iter().filter(|file| self.ending.contains(&file.path)) {
            let mut reader = file.open(&self.table).await?;
            while let Some(rows) = reader.next().await? {
                if !output.send(self.ended(&rows)?).await {
                    return Ok(());
                }
            }
        }
        for file in self.history.iter() {
            let mut reader = file.open(&self.table).await?;
            while let Some(rows) = reader.next().await? {
                if !output.send(rows).await {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn staying(&self, rows: &RecordBatch) -> Result<RecordBatch> {
        let endings = self.change.endings(&self.table, rows)?;
        let stays: Vec<bool> = endings.iter().map(Option::is_none).collect();
        Ok(filter_record_batch(rows, &BooleanArray::from(stays))?)
    }

    fn ended(&self, rows: &RecordBatch) -> Result<RecordBatch> {
        let endings = self.change.endings(&self.table, rows)?;
        let ends: Vec<bool> = endings.iter().map(Option::is_some).collect();
        let ended = filter_record_batch(rows, &BooleanArray::from(ends))?;
        self.table.layout.close_versions(&ended, endings.into_iter().flatten().collect())
    }
}

fn small_files(files: &[DataFile], current: bool) -> usize {
    files.iter().filter(|file| file.current == current && file.size < SMALL_FILE_BYTES).count()
}
