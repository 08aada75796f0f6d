//! A run: what a census was to look at, and what came of it; `census.runs` has one row a run.

use crate::change::Counts;
use crate::delta_table::VersionedTable;
use crate::error::Result;
use crate::layout::Layout;
use crate::store::Store;
use census_directory::census_tables;
use census_directory::scope::{Outcome, ScopeReport};
use chrono::{DateTime, Utc};
use datafusion::arrow::array::{
    ArrayRef, AsArray, Int64Array, ListBuilder, RecordBatch, StringArray, StringBuilder,
    TimestampMicrosecondArray,
};
use std::collections::HashSet;
use std::sync::Arc;
use uuid::Uuid;

/// What a run is to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunInfo {
    /// The run's unique id.
    pub run_id: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// The accounts it looks at.
    pub accounts: Vec<String>,
    /// The regions it looks at.
    pub regions: Vec<String>,
    /// The ids of the datasets that were asked for.
    pub datasets: Vec<String>,
}

impl RunInfo {
    /// Returns a run that begins now, with a fresh id.
    #[must_use]
    pub fn new(accounts: Vec<String>, regions: Vec<String>, datasets: Vec<String>) -> Self {
        Self {
            run_id: Uuid::new_v4().to_string(),
            started_at: Utc::now(),
            accounts,
            regions,
            datasets,
        }
    }
}

/// How a run ended, as whoever ran it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunOutcome {
    /// Every scope was tried, whatever came of each.
    Finished,
    /// Something could not even be tried, such as an account that did not let anybody in.
    Incomplete,
    /// It broke off: it was interrupted, or an error ended it.
    Failed,
}

/// The outcome of a run that broke off.
pub(crate) const BROKE_OFF: &str = "failed";

/// What a run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RunSummary {
    /// Rows that were not there before.
    pub created: u64,
    /// Rows whose content has changed.
    pub updated: u64,
    /// Rows that a complete listing no longer shows.
    pub deleted: u64,
    /// Rows that are as they were.
    pub unchanged: u64,
    /// Commits of datasets' tables.
    pub commits: u64,
    /// Scopes that were tried; a region that is not enabled hides nothing and does not count.
    pub scopes: u64,
    /// Scopes that were read completely.
    pub scopes_complete: u64,
    /// Rows that were read.
    pub rows: u64,
    /// Requests that were sent.
    pub calls: u64,
    /// Answers that asked to slow down.
    pub throttles: u64,
}

impl RunSummary {
    /// Adds a scope that was tried.
    pub(crate) fn add_scope(&mut self, report: &ScopeReport) {
        self.scopes += u64::from(report.outcome != Outcome::NotEnabled);
        self.scopes_complete += u64::from(report.outcome == Outcome::Complete);
        self.rows += report.rows;
        self.calls += report.calls;
        self.throttles += report.throttles;
    }

    /// Adds what became of the rows of a table.
    pub(crate) fn add_counts(&mut self, counts: Counts, committed: bool) {
        self.created += counts.created;
        self.updated += counts.updated;
        self.deleted += counts.deleted;
        self.unchanged += counts.unchanged;
        self.commits += u64::from(committed);
    }
}

/// Returns the layout of the table.
pub(crate) fn layout() -> Result<Layout> {
    Layout::of_census_table(&census_tables::RUNS, &["run_id"])
}

/// Returns a run as the row of the table; without an outcome it is still going on.
pub(crate) fn to_row(
    run: &RunInfo,
    summary: &RunSummary,
    outcome: Option<RunOutcome>,
) -> Result<RecordBatch> {
    let outcome_name = outcome.map(|outcome| match outcome {
        RunOutcome::Failed => BROKE_OFF,
        RunOutcome::Finished if summary.scopes == summary.scopes_complete => "complete",
        RunOutcome::Finished | RunOutcome::Incomplete => "incomplete",
    });
    let finished_at = outcome.map(|_| Utc::now().timestamp_micros());
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(vec![run.run_id.as_str()])),
        Arc::new(TimestampMicrosecondArray::from(vec![run.started_at.timestamp_micros()])),
        Arc::new(TimestampMicrosecondArray::from(vec![finished_at])),
        Arc::new(StringArray::from(vec![outcome_name])),
        texts(&run.accounts),
        texts(&run.regions),
        texts(&run.datasets),
        number(summary.scopes),
        number(summary.scopes_complete),
        number(summary.rows),
        number(summary.calls),
        number(summary.throttles),
        Arc::new(StringArray::from(vec![env!("CARGO_PKG_VERSION")])),
    ];
    Ok(RecordBatch::try_new(census_tables::RUNS.schema(), columns)?)
}

/// Returns the accounts that runs looked at, those of each run together, sorted; runs of the same accounts once.
pub(crate) async fn accounts(store: &Store) -> Result<HashSet<Vec<String>>> {
    let mut found = HashSet::new();
    let Some(table) = VersionedTable::open(store, Arc::new(layout()?)).await? else {
        return Ok(found);
    };
    for file in table.files()?.iter().filter(|file| file.current) {
        let mut reader = file.open(&table).await?;
        while let Some(rows) = reader.next().await? {
            let lists = rows["accounts"].as_list::<i32>();
            found.extend(lists.iter().flatten().map(|list| {
                let accounts = list.as_string::<i32>().iter().flatten();
                let mut accounts: Vec<String> = accounts.map(str::to_owned).collect();
                accounts.sort();
                accounts
            }));
        }
    }
    Ok(found)
}

fn texts(values: &[String]) -> ArrayRef {
    let mut builder = ListBuilder::new(StringBuilder::new());
    builder.append_value(values.iter().map(|value| Some(value.as_str())));
    Arc::new(builder.finish())
}

fn number(value: u64) -> ArrayRef {
    Arc::new(Int64Array::from(vec![i64::try_from(value).unwrap_or(i64::MAX)]))
}
