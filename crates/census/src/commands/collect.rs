//! `census collect`: takes a census of accounts and regions.

use super::selection::Selection;
use crate::configuration::{Configuration, parse_age};
use crate::exit::Exit;
use crate::expectation::Expectation;
use crate::interrupt;
use crate::progress::{Allowance, CollectProgress, ProgressFormat, print_json};
use crate::recording::Recording;
use crate::surroundings::tell;
use census_collect::{CollectOptions, Collector, RunReport};
use census_directory::Directory;
use census_directory::scope::{Outcome, Scope};
use census_error::{Error, SqlState};
use census_store::{CoverageRow, RunInfo, RunOutcome, RunSummary, Store};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Takes a census: reads accounts and regions and records what is there
///
/// Progress and a summary go to stderr, with one line for each list that could not be read; its last good rows are
/// kept. Credentials, regions and endpoints come from where AWS's own tools look for them.
#[derive(Debug, Args)]
pub struct Collect {
    #[command(flatten)]
    selection: Selection,

    /// Leaves out what was read whole no longer ago than this, for example 1h or 30min
    #[arg(long, value_name = "AGE", value_parser = parse_age)]
    max_age: Option<Duration>,

    /// How progress is told: bar or plain lines on stderr, or json, one object a line on stdout
    #[arg(long, value_enum, default_value_t = ProgressFormat::Text)]
    format: ProgressFormat,
}

impl Collect {
    /// Collects into the store, prints progress and a summary.
    ///
    /// # Errors
    /// Where no account can be reached at all, or the store cannot be written.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        let directory = configuration.directory()?;
        let section = &configuration.collect;
        let mut options = self.selection.options(section, &directory)?;
        let store = Arc::new(Store::open_or_create(&configuration.store).await?);
        if let Some(age) = self.max_age.or(section.max_age) {
            options.fresh = fresh(&store, age).await?;
        }
        interrupt::insist(None);
        let taken = take(&store, &directory, options, self.format).await?;
        taken.print(self.format);
        Ok(taken.exit())
    }
}

/// Returns the scopes that were read whole no longer ago than an age.
async fn fresh(store: &Store, age: Duration) -> Result<HashSet<Scope>, Error> {
    let age = TimeDelta::from_std(age).unwrap_or(TimeDelta::MAX);
    // An age before all time is none.
    let since = Utc::now().checked_sub_signed(age).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let known = store.coverage(&[]).await?;
    let is_fresh = |row: &CoverageRow| row.complete && row.data_as_of.is_some_and(|at| at >= since);
    Ok(known.into_iter().filter(is_fresh).map(|row| row.scope).collect())
}

/// A census that was taken: what was read, what changed, how long it took.
pub struct Taken {
    report: RunReport,
    summary: RunSummary,
    elapsed: Duration,
}

/// Collects into the store; on an interrupt, whole scopes read so far are kept.
pub async fn take(
    store: &Arc<Store>,
    directory: &Arc<Directory>,
    options: CollectOptions,
    format: ProgressFormat,
) -> anyhow::Result<Taken> {
    let started = Instant::now();
    let expectation = Expectation::read(store, directory, &options.datasets).await?;
    let quota = Allowance::of(&options);
    let run = RunInfo::new(Vec::new(), Vec::new(), options.datasets.clone());
    let recorder = store.recorder(directory, run).await?;
    let recording = Arc::new(Recording(recorder));
    let progress = Arc::new(CollectProgress::new(format, expectation, quota));
    let collector = Collector::new(options, directory.clone())?;
    let collected = tokio::select! {
        collected = collector.run(recording.clone(), progress.clone()) => collected,
        () = interrupt::requested() => Err(Error::new(
            SqlState::QueryCanceled,
            "the census was interrupted",
        )
        .with_hint("Scopes that were read whole are kept; the next run reads the others.")),
    };
    progress.clear();
    let ended = if collected.is_ok() { RunOutcome::Finished } else { RunOutcome::Failed };
    let closed = recording.0.close(ended).await;
    let report = collected?;
    Ok(Taken { report, summary: closed?, elapsed: started.elapsed() })
}

impl Taken {
    /// Prints a line an account that could not be reached, then the summary.
    pub fn print(&self, format: ProgressFormat) {
        for failure in &self.report.account_failures {
            tell(&census_error::terminal(&failure.error, None));
        }
        let scopes = &self.report.scopes;
        let rows: u64 = scopes.iter().map(|(_, report)| report.rows).sum();
        let outcomes: Vec<String> = Outcome::ALL
            .iter()
            .map(|outcome| (outcome, self.count(*outcome)))
            .filter(|(_, count)| *count > 0)
            .map(|(outcome, count)| format!("{count} {}", outcome.as_str().replace('_', " ")))
            .collect();
        let summary = &self.summary;
        if format == ProgressFormat::Json {
            return print_json(&self.as_json(rows));
        }
        let fresh = match self.report.fresh {
            0 => String::new(),
            fresh => format!(", {fresh} left out as fresh"),
        };
        tell(&format!(
            "{} scopes ({}){fresh}, {rows} rows ({} created, {} updated, {} deleted), {} calls in {:.1} s",
            scopes.len(),
            if outcomes.is_empty() { "none to read".to_owned() } else { outcomes.join(", ") },
            summary.created,
            summary.updated,
            summary.deleted,
            self.report.calls,
            self.elapsed.as_secs_f64(),
        ));
    }

    fn as_json(&self, rows: u64) -> serde_json::Value {
        let summary = &self.summary;
        let outcomes: serde_json::Map<String, serde_json::Value> = Outcome::ALL
            .iter()
            .map(|outcome| (outcome.as_str().to_owned(), self.count(*outcome).into()))
            .collect();
        serde_json::json!({
            "event": "finished",
            "scopes": self.report.scopes.len(),
            "outcomes": outcomes,
            "fresh": self.report.fresh,
            "accounts_failed": self.report.account_failures.len(),
            "rows": rows,
            "created": summary.created,
            "updated": summary.updated,
            "deleted": summary.deleted,
            "unchanged": summary.unchanged,
            "calls": self.report.calls,
            "throttles": self.report.throttles,
            "seconds": self.elapsed.as_secs_f64(),
            "complete": self.report.is_complete(),
        })
    }

    /// Tells how the command ends: 3 where anything could not be read.
    pub fn exit(&self) -> Exit {
        if self.report.is_complete() { Exit::Done } else { Exit::Incomplete }
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.report.scopes.iter().filter(|(_, report)| report.outcome == outcome).count()
    }
}
