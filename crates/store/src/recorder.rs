//! A run in progress: takes the rows of scopes, and has whole scopes committed, many at a time.

use crate::committer::{Committer, Ready};
use crate::error::{Result, StoreError};
use crate::layout::Layout;
use crate::run::{RunInfo, RunOutcome, RunSummary};
use crate::staging::{StagedRows, StagingArea};
use crate::store::Store;
use census_directory::Directory;
use census_directory::scope::{Scope, ScopeReport};
use datafusion::arrow::array::RecordBatch;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Scopes that are ready wait this long at most for others to be committed with.
const COMMIT_AFTER: Duration = Duration::from_secs(30);
/// So many rows of ready scopes are committed at once.
const COMMIT_ROWS: usize = 300_000;
/// So many bytes of scopes that have not finished are held in memory at most.
const OPEN_BYTES: usize = 64 << 20;
/// So many rows, or bytes, of ready scopes are held in memory at most.
const COMMIT_ROWS_IN_MEMORY: usize = 100_000;
const READY_BYTES: usize = 128 << 20;

/// Records what a collection finds.
///
/// Rows become visible with the commit after their scope has finished; a recorder that is dropped
/// leaves everything that is not committed as it was.
#[derive(Debug)]
pub struct Recorder {
    layouts: Arc<HashMap<String, Arc<Layout>>>,
    area: StagingArea,
    waiting: Mutex<Waiting>,
    pub(crate) committer: Arc<Mutex<Committer>>,
}

/// What is not committed yet.
#[derive(Debug)]
struct Waiting {
    open: HashMap<Scope, StagedRows>,
    ready: ReadyScopes,
    since: Instant,
}

/// The scopes of the next commit, and what they come to.
#[derive(Debug, Default)]
struct ReadyScopes {
    scopes: Vec<Ready>,
    rows: usize,
    rows_in_memory: usize,
    bytes_in_memory: usize,
}

impl ReadyScopes {
    fn push(&mut self, ready: Ready) {
        self.rows += ready.rows.rows();
        self.rows_in_memory += ready.rows.rows_in_memory();
        self.bytes_in_memory += ready.rows.bytes_in_memory();
        self.scopes.push(ready);
    }

    const fn are_enough(&self) -> bool {
        self.rows >= COMMIT_ROWS
            || self.rows_in_memory >= COMMIT_ROWS_IN_MEMORY
            || self.bytes_in_memory >= READY_BYTES
    }
}

impl Recorder {
    /// Starts a run: `census.runs` shows it from here on.
    pub(crate) async fn open(store: Store, directory: &Directory, run: RunInfo) -> Result<Self> {
        let mut layouts = HashMap::new();
        for dataset in directory.datasets() {
            layouts.insert(dataset.id.clone(), Arc::new(Layout::of_dataset(dataset)?));
        }
        let layouts = Arc::new(layouts);
        let area = StagingArea::new(&store, &run.run_id);
        let committer = Committer::open(store, run, layouts.clone(), area.clone()).await?;
        let waiting =
            Waiting { open: HashMap::new(), ready: ReadyScopes::default(), since: Instant::now() };
        Ok(Self {
            layouts,
            area,
            waiting: Mutex::new(waiting),
            committer: Arc::new(Mutex::new(committer)),
        })
    }

    /// Takes rows of an open scope, in the dataset's columns; nothing of them is visible yet.
    ///
    /// # Errors
    /// 42P01 for a dataset that is not in the directory, 42804 for rows without its columns, of another account or
    /// without key; 42501, 53100 or 58030 where the store cannot be written.
    pub async fn rows(&self, scope: &Scope, rows: RecordBatch) -> census_error::Result<()> {
        let layout = self.layout(scope)?;
        let staged = layout.stage(&rows, &scope.region)?;
        layout.check_scope(&staged, scope)?;
        let mut waiting = self.waiting.lock().await;
        let open = waiting.open.entry(scope.clone());
        let open =
            open.or_insert_with(|| StagedRows::new(self.area.clone(), layout.staged.clone()));
        open.push(staged).await?;
        Ok(waiting.relieve().await?)
    }

    /// Ends a scope. What was read of it replaces what is known: a row that did not show again is gone. What was not
    /// read to its end stays as it is known, whatever rows of it have come.
    ///
    /// A scope that has ended is committed even if this future is dropped, provided the run is closed.
    ///
    /// # Errors
    /// As [`Recorder::rows`], and 40001 where another collection keeps writing the same tables.
    pub async fn finish(&self, scope: &Scope, report: ScopeReport) -> census_error::Result<()> {
        let layout = self.layout(scope)?;
        let mut waiting = self.waiting.lock().await;
        let mut rows = waiting
            .open
            .remove(scope)
            .unwrap_or_else(|| StagedRows::new(self.area.clone(), layout.staged.clone()));
        rows.seal()?;
        if waiting.ready.scopes.is_empty() {
            waiting.since = Instant::now();
        }
        waiting.ready.push(Ready { scope: scope.clone(), report, rows });
        let is_due = waiting.ready.are_enough() || waiting.since.elapsed() >= COMMIT_AFTER;
        drop(waiting);
        if is_due { Ok(self.commit().await?) } else { Ok(()) }
    }

    /// Ends the run: commits what is ready, drops scopes that have not finished, cleans up.
    ///
    /// # Errors
    /// As [`Recorder::finish`]; the run is then recorded as failed, if anything can be written.
    pub async fn close(&self, outcome: RunOutcome) -> census_error::Result<RunSummary> {
        self.waiting.lock().await.open.clear();
        let last = self.commit().await;
        let mut committer = self.committer.lock().await;
        let outcome = if last.is_ok() { outcome } else { RunOutcome::Failed };
        let written = committer.write_run(Some(outcome)).await;
        committer.clean_up().await;
        last?;
        written?;
        Ok(committer.summary)
    }

    fn layout(&self, scope: &Scope) -> Result<&Arc<Layout>> {
        self.layouts
            .get(&scope.dataset)
            .ok_or_else(|| StoreError::UnknownDataset(scope.dataset.clone()))
    }

    /// Commits everything that is ready, in a task of its own: whoever asked may stop waiting for it.
    async fn commit(&self) -> Result<()> {
        let mut committer = self.committer.clone().lock_owned().await;
        let mut waiting = self.waiting.lock().await;
        // Nothing waits from here to the task's start, so that no scope can get lost.
        let ready = std::mem::take(&mut waiting.ready).scopes;
        drop(waiting);
        let task = tokio::spawn(async move { committer.commit(ready).await });
        task.await.map_err(|error| StoreError::Internal(error.into()))?
    }
}

impl Waiting {
    /// Moves the largest open scope to a staged file where all of them hold too much memory.
    async fn relieve(&mut self) -> Result<()> {
        let held: usize = self.open.values().map(StagedRows::bytes_in_memory).sum();
        if held < OPEN_BYTES {
            return Ok(());
        }
        match self.open.values_mut().max_by_key(|rows| rows.bytes_in_memory()) {
            Some(largest) => largest.spill().await,
            None => Ok(()),
        }
    }
}
