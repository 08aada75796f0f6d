//! Commits the scopes of a run: their rows, then what `census.coverage` says of them, and the run's own row.

use crate::broken_runs;
use crate::commit;
use crate::coverage::{self, CoverageRow};
use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::heartbeat::{Heartbeat, Signs};
use crate::known::Arrival;
use crate::layout::Layout;
use crate::run::{self, RunInfo, RunOutcome, RunSummary};
use crate::staging::{FOLDER, StagedRows, StagingArea};
use crate::store::Store;
use census_directory::Proof;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::{DateTime, Utc};
use datafusion::arrow::array::RecordBatch;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A scope that has ended and waits to be committed.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The scope.
    pub(crate) scope: Scope,
    /// How it ended.
    pub(crate) report: ScopeReport,
    /// Its rows.
    pub(crate) rows: StagedRows,
}

/// Commits, one at a time.
#[derive(Debug)]
pub(crate) struct Committer {
    /// What the run has come to so far.
    pub(crate) summary: RunSummary,
    store: Store,
    pub(crate) run: RunInfo,
    layouts: Arc<HashMap<String, Arc<Layout>>>,
    area: StagingArea,
    tables: HashMap<String, VersionedTable>,
    pub(crate) coverage: VersionedTable,
    runs: VersionedTable,
    accounts: BTreeSet<String>,
    regions: BTreeSet<String>,
    /// What was known of scopes when the run began.
    at_first: HashMap<Scope, CoverageRow>,
    /// When the run began to read each account and region: what is listed below a parent is as old as the parent's list.
    began: HashMap<(String, String), DateTime<Utc>>,
    heartbeat: Heartbeat,
}

impl Committer {
    /// Opens the tables about the census, and writes that the run has begun and which others have broken off.
    pub(crate) async fn open(
        store: Store,
        run: RunInfo,
        layouts: Arc<HashMap<String, Arc<Layout>>>,
        area: StagingArea,
    ) -> Result<Self> {
        let heartbeat = Heartbeat::start(&store, &run.run_id).await;
        let mut committer = Self {
            summary: RunSummary::default(),
            tables: HashMap::new(),
            coverage: VersionedTable::open_or_create(&store, Arc::new(coverage::layout()?)).await?,
            runs: VersionedTable::open_or_create(&store, Arc::new(run::layout()?)).await?,
            store,
            run,
            layouts,
            area,
            accounts: BTreeSet::new(),
            regions: BTreeSet::new(),
            at_first: HashMap::new(),
            began: HashMap::new(),
            heartbeat,
        };
        committer.at_first = coverage::by_scope(&committer.coverage).await?;
        committer.write_run(None).await?;
        committer.end_broken_runs().await?;
        Ok(committer)
    }

    /// Commits scopes, one commit a table, and then their coverage.
    pub(crate) async fn commit(&mut self, ready: Vec<Ready>) -> Result<()> {
        if ready.is_empty() {
            return Ok(());
        }
        self.coverage.refresh().await?;
        let former = coverage::by_scope(&self.coverage).await?;
        let mut tables: BTreeMap<String, Vec<Ready>> = BTreeMap::new();
        for scope in ready {
            // A parent has ended before what is below it or with it, but its name may come later.
            let Scope { account_id, region, .. } = scope.scope.clone();
            let started_at = scope.report.started_at;
            let began = self.began.entry((account_id, region)).or_insert(started_at);
            *began = started_at.min(*began);
            tables.entry(scope.scope.dataset.clone()).or_default().push(scope);
        }
        let mut covered = Vec::new();
        let mut failure = None;
        for (dataset, scopes) in tables {
            match self.commit_table(&dataset, scopes, &former).await {
                Ok(rows) => covered.extend(rows),
                // The other tables' scopes are not to blame.
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        self.write_coverage(covered, &former).await?;
        failure.map_or(Ok(()), Err)
    }

    /// Writes the run's row; without an outcome it is still going on.
    pub(crate) async fn write_run(&mut self, outcome: Option<RunOutcome>) -> Result<()> {
        let mut run = self.run.clone();
        // Who started it may not have known them: "all regions" are known once they were looked at.
        if run.accounts.is_empty() {
            run.accounts.extend(self.accounts.iter().cloned());
        }
        if run.regions.is_empty() {
            run.regions.extend(self.regions.iter().cloned());
        }
        let row = run::to_row(&run, &self.summary, outcome)?;
        put(&self.area, &mut self.runs, &row, &self.run.run_id).await
    }

    /// Deletes what the run has staged, and files that no table needs any more.
    pub(crate) async fn clean_up(&self) {
        self.heartbeat.end().await;
        self.area.clear().await;
        for table in self.tables.values().chain([&self.coverage, &self.runs]) {
            if let Err(error) = self.store.vacuum(table).await {
                tracing::warn!(table = table.path(), %error, "unused files could not be deleted");
            }
        }
    }

    async fn end_broken_runs(&mut self) -> Result<()> {
        let failed = |error| StoreError::io("read", self.store.describe(FOLDER), error);
        let signs = Signs::read(&self.store).await.map_err(failed)?;
        let ended = broken_runs::ended(&self.runs, &signs, &self.run.run_id).await?;
        if ended.num_rows() == 0 {
            return Ok(());
        }
        put(&self.area, &mut self.runs, &ended, &self.run.run_id).await
    }

    async fn commit_table(
        &mut self,
        dataset: &str,
        scopes: Vec<Ready>,
        former: &HashMap<Scope, CoverageRow>,
    ) -> Result<Vec<CoverageRow>> {
        let mut covered: Vec<CoverageRow> = Vec::with_capacity(scopes.len());
        let mut arrivals: Vec<Arrival> = Vec::with_capacity(scopes.len());
        for Ready { scope, report, rows } in scopes {
            self.summary.add_scope(&report);
            if report.outcome != Outcome::NotEnabled {
                self.accounts.insert(scope.account_id.clone());
                self.regions.insert(scope.region.clone());
            }
            let before = former.get(&scope);
            let place = (scope.account_id.clone(), scope.region.clone());
            let since = self.began.get(&place).copied().unwrap_or(report.started_at);
            if before.is_some_and(|before| self.is_newer(before, since)) {
                rows.discard().await;
                continue;
            }
            covered.push(CoverageRow::after(&scope, &report, before, since));
            let proof = Proof::of(&report);
            if proof.is_empty() {
                rows.discard().await;
                continue;
            }
            let last = before
                .and_then(|before| before.finished_at)
                .map_or(i64::MIN, |time| time.timestamp_micros() + 1);
            let arrival = Arrival {
                proof,
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
        let run_id = self.run.run_id.clone();
        let table = self.table(dataset).await?;
        let arrivals = Arc::new(arrivals);
        let (counts, written) = commit::apply(table, arrivals.clone(), &run_id).await?;
        self.summary.add_counts(counts, written);
        for arrival in arrivals.iter() {
            arrival.rows.discard().await;
        }
        Ok(covered)
    }

    /// Tells whether what is known of a scope was read after `since`, by another collection that was faster. What was
    /// known when the run began is older, whatever the clock did in between.
    fn is_newer(&self, known: &CoverageRow, since: DateTime<Utc>) -> bool {
        self.at_first.get(&known.scope) != Some(known)
            && known.data_as_of.is_some_and(|read| read > since)
    }

    async fn table(&mut self, dataset: &str) -> Result<&mut VersionedTable> {
        let unknown = || StoreError::UnknownDataset(dataset.to_owned());
        if !self.tables.contains_key(dataset) {
            let layout = self.layouts.get(dataset).ok_or_else(unknown)?;
            let table = VersionedTable::open_or_create(&self.store, layout.clone()).await?;
            self.tables.insert(dataset.to_owned(), table);
        }
        self.tables.get_mut(dataset).ok_or_else(unknown)
    }

    /// Writes what is to be said of scopes. Where another collection has spoken of one since `former` was read, the rows
    /// may be of either, and are as old as the older.
    async fn write_coverage(
        &mut self,
        mut covered: Vec<CoverageRow>,
        former: &HashMap<Scope, CoverageRow>,
    ) -> Result<()> {
        if covered.is_empty() {
            return Ok(());
        }
        self.coverage.refresh().await?;
        let present = coverage::by_scope(&self.coverage).await?;
        for row in &mut covered {
            if let Some(other) = present.get(&row.scope)
                && former.get(&row.scope) != Some(other)
            {
                let theirs = other.data_as_of.filter(|_| row.data_as_of.is_some());
                row.data_as_of = row.data_as_of.into_iter().chain(theirs).min();
            }
        }
        // The last attempt at a scope counts, and the first row of an arrival does.
        covered.reverse();
        let rows = coverage::to_rows(&covered)?;
        put(&self.area, &mut self.coverage, &rows, &self.run.run_id).await
    }
}

/// Adds or replaces rows of a table about the census.
async fn put(
    area: &StagingArea,
    table: &mut VersionedTable,
    rows: &RecordBatch,
    run_id: &str,
) -> Result<()> {
    let staged = table.layout.stage(rows, "")?;
    let mut arrival = StagedRows::new(area.clone(), table.layout.staged.clone());
    arrival.push(staged).await?;
    arrival.seal()?;
    let arrival = Arrival {
        scope: None,
        proof: Proof::default(),
        seen_at: Utc::now().timestamp_micros(),
        rows: arrival,
    };
    let arrivals = Arc::new(vec![arrival]);
    commit::apply(table, arrivals.clone(), run_id).await?;
    for arrival in arrivals.iter() {
        arrival.rows.discard().await;
    }
    Ok(())
}
