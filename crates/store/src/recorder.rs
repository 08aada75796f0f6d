//! A run in progress: takes the rows of scopes, and commits whole scopes, many at a time.

use crate::commit;
use crate::coverage::{self, CoverageRow};
use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::known::Arrival;
use crate::layout::Layout;
use crate::run::{self, RunInfo, RunOutcome, RunSummary};
use crate::staging::{StagedRows, StagingArea};
use crate::store::Store;
use census_directory::Directory;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::Utc;
use datafusion::arrow::array::RecordBatch;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Scopes that are ready wait this long at most for others to be committed with.
const COMMIT_AFTER: Duration = Duration::from_secs(30);
/// So many rows of ready scopes are committed at once.
const COMMIT_ROWS: usize = 300_000;
/// So many bytes of scopes that have not finished are held in memory at most.
const OPEN_BYTES: usize = 64 << 20;
/// So many rows of ready scopes are held in memory at most.
const COMMIT_ROWS_IN_MEMORY: usize = 100_000;

/// Records what a collection finds.
///
/// Rows become visible with the commit after their scope has finished; a recorder that is dropped
/// leaves everything that is not committed as it was.
#[derive(Debug)]
pub struct Recorder {
    store: Store,
    run: RunInfo,
    layouts: HashMap<String, Arc<Layout>>,
    area: StagingArea,
    waiting: Mutex<Waiting>,
    committer: Mutex<Committer>,
}

/// What is not committed yet.
#[derive(Debug)]
struct Waiting {
    open: HashMap<Scope, StagedRows>,
    ready: Vec<Ready>,
    since: Instant,
}

#[derive(Debug)]
struct Ready {
    scope: Scope,
    report: ScopeReport,
    rows: StagedRows,
}

/// Commits, one at a time, while rows keep coming.
#[derive(Debug)]
struct Committer {
    tables: HashMap<String, VersionedTable>,
    coverage: VersionedTable,
    runs: VersionedTable,
    summary: RunSummary,
}

impl Recorder {
    /// Starts a run: `census.runs` shows it from here on.
    pub(crate) async fn open(store: Store, directory: &Directory, run: RunInfo) -> Result<Self> {
        let mut layouts = HashMap::new();
        for dataset in directory.datasets() {
            layouts.insert(dataset.id.clone(), Arc::new(Layout::of_dataset(dataset)?));
        }
        let committer = Committer {
            tables: HashMap::new(),
            coverage: VersionedTable::open_or_create(&store, Arc::new(coverage::layout()?)).await?,
            runs: VersionedTable::open_or_create(&store, Arc::new(run::layout()?)).await?,
            summary: RunSummary::default(),
        };
        let area = StagingArea::new(&store, &run.run_id);
        let waiting = Waiting { open: HashMap::new(), ready: Vec::new(), since: Instant::now() };
        let recorder = Self {
            store,
            run,
            layouts,
            area,
            waiting: Mutex::new(waiting),
            committer: Mutex::new(committer),
        };
        let mut committer = recorder.committer.lock().await;
        recorder.write_run(&mut committer, None).await?;
        drop(committer);
        Ok(recorder)
    }

    /// Takes rows of an open scope, in the dataset's columns; nothing of them is visible yet.
    ///
    /// # Errors
    /// 42P01 for a dataset that is not in the directory, 42804 for rows without its columns; 42501, 53100 or 58030
    /// where the store cannot be written.
    pub async fn rows(&self, scope: &Scope, rows: RecordBatch) -> census_error::Result<()> {
        let layout = self.layout(scope)?;
        let staged = layout.stage(&rows, &scope.region)?;
        let mut waiting = self.waiting.lock().await;
        let open = waiting.open.entry(scope.clone());
        let open =
            open.or_insert_with(|| StagedRows::new(self.area.clone(), layout.staged.clone()));
        open.push(staged).await?;
        Ok(waiting.relieve().await?)
    }

    /// Ends a scope. Only a complete one changes rows: what it did not show again is gone.
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
        if waiting.ready.is_empty() {
            waiting.since = Instant::now();
        }
        waiting.ready.push(Ready { scope: scope.clone(), report, rows });
        if !waiting.is_due() {
            return Ok(());
        }
        let ready = std::mem::take(&mut waiting.ready);
        drop(waiting);
        Ok(self.commit(ready).await?)
    }

    /// Ends the run: commits what is ready, drops scopes that have not finished, cleans up.
    ///
    /// # Errors
    /// As [`Recorder::finish`].
    pub async fn close(&self, outcome: RunOutcome) -> census_error::Result<RunSummary> {
        let mut waiting = self.waiting.lock().await;
        let ready = std::mem::take(&mut waiting.ready);
        waiting.open.clear();
        drop(waiting);
        self.commit(ready).await?;
        let mut committer = self.committer.lock().await;
        self.write_run(&mut committer, Some(outcome)).await?;
        self.area.clear().await;
        let written = committer.tables.values().chain([&committer.coverage, &committer.runs]);
        for table in written {
            if let Err(error) = self.store.vacuum(table).await {
                tracing::warn!(table = table.path(), %error, "unused files could not be deleted");
            }
        }
        Ok(committer.summary)
    }

    fn layout(&self, scope: &Scope) -> Result<&Arc<Layout>> {
        self.layouts
            .get(&scope.dataset)
            .ok_or_else(|| StoreError::UnknownDataset(scope.dataset.clone()))
    }

    /// Commits scopes, one commit a table, and then what `census.coverage` says of them.
    async fn commit(&self, ready: Vec<Ready>) -> Result<()> {
        if ready.is_empty() {
            return Ok(());
        }
        let mut committer = self.committer.lock().await;
        committer.coverage.refresh().await?;
        let former = coverage::by_scope(&committer.coverage).await?;
        let mut tables: BTreeMap<String, Vec<Ready>> = BTreeMap::new();
        for scope in ready {
            tables.entry(scope.scope.dataset.clone()).or_default().push(scope);
        }
        let mut covered = Vec::new();
        let mut failure = None;
        for (dataset, scopes) in tables {
            match self.commit_table(&mut committer, &dataset, scopes, &former).await {
                Ok(rows) => covered.extend(rows),
                // The other tables' scopes are not to blame.
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        self.write_coverage(&mut committer, covered).await?;
        failure.map_or(Ok(()), Err)
    }

    async fn commit_table(
        &self,
        committer: &mut Committer,
        dataset: &str,
        scopes: Vec<Ready>,
        former: &HashMap<Scope, CoverageRow>,
    ) -> Result<Vec<CoverageRow>> {
        let mut covered: Vec<CoverageRow> = Vec::with_capacity(scopes.len());
        let mut arrivals: Vec<Arrival> = Vec::with_capacity(scopes.len());
        for Ready { scope, report, rows } in scopes {
            committer.summary.add_scope(&report);
            let before = former.get(&scope);
            covered.push(CoverageRow::after(&scope, &report, before));
            if report.outcome != Outcome::Complete {
                rows.discard().await;
                continue;
            }
            let last = before
                .and_then(|before| before.data_as_of)
                .map_or(i64::MIN, |time| time.timestamp_micros() + 1);
            let arrival = Arrival {
                seen_at: report.finished_at.timestamp_micros().max(last),
                scope: Some((scope.account_id, scope.region)),
                rows,
            };
            // A scope that finished twice in one commit: the later listing counts.
            match arrivals.iter_mut().find(|known| known.scope == arrival.scope) {
                Some(known) => *known = arrival,
                None => arrivals.push(arrival),
            }
        }
        if arrivals.is_empty() {
            return Ok(covered);
        }
        let table = self.table(committer, dataset).await?;
        let arrivals = Arc::new(arrivals);
        let (counts, written) = commit::apply(table, arrivals.clone(), &self.run.run_id).await?;
        committer.summary.add_counts(counts, written);
        for arrival in arrivals.iter() {
            arrival.rows.discard().await;
        }
        Ok(covered)
    }

    async fn table<'a>(
        &self,
        committer: &'a mut Committer,
        dataset: &str,
    ) -> Result<&'a mut VersionedTable> {
        if !committer.tables.contains_key(dataset) {
            let layout = self
                .layouts
                .get(dataset)
                .ok_or_else(|| StoreError::UnknownDataset(dataset.to_owned()))?;
            let table = VersionedTable::open_or_create(&self.store, layout.clone()).await?;
            committer.tables.insert(dataset.to_owned(), table);
        }
        committer
            .tables
            .get_mut(dataset)
            .ok_or_else(|| StoreError::UnknownDataset(dataset.to_owned()))
    }

    async fn write_coverage(
        &self,
        committer: &mut Committer,
        mut covered: Vec<CoverageRow>,
    ) -> Result<()> {
        if covered.is_empty() {
            return Ok(());
        }
        // The last attempt at a scope counts, and the first row of an arrival does.
        covered.reverse();
        let rows = coverage::to_rows(&covered)?;
        self.put(&mut committer.coverage, &rows).await
    }

    async fn write_run(
        &self,
        committer: &mut Committer,
        outcome: Option<RunOutcome>,
    ) -> Result<()> {
        let row = run::to_row(&self.run, &committer.summary, outcome)?;
        self.put(&mut committer.runs, &row).await
    }

    /// Adds or replaces rows of a table about the census.
    async fn put(&self, table: &mut VersionedTable, rows: &RecordBatch) -> Result<()> {
        let staged = table.layout.stage(rows, "")?;
        let mut arrival = StagedRows::new(self.area.clone(), table.layout.staged.clone());
        arrival.push(staged).await?;
        arrival.seal()?;
        let arrival =
            Arrival { scope: None, seen_at: Utc::now().timestamp_micros(), rows: arrival };
        let arrivals = Arc::new(vec![arrival]);
        commit::apply(table, arrivals.clone(), &self.run.run_id).await?;
        for arrival in arrivals.iter() {
            arrival.rows.discard().await;
        }
        Ok(())
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

    fn is_due(&self) -> bool {
        let rows: usize = self.ready.iter().map(|ready| ready.rows.rows()).sum();
        let in_memory: usize = self.ready.iter().map(|ready| ready.rows.rows_in_memory()).sum();
        rows >= COMMIT_ROWS
            || in_memory >= COMMIT_ROWS_IN_MEMORY
            || self.since.elapsed() >= COMMIT_AFTER
    }
}
