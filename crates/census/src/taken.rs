//! A census that is taken: collected into the store, and told of.

use crate::exit::Exit;
use crate::progress::{ProgressFormat, print_json};
use crate::recording::Recording;
use crate::surroundings::{counted, tell};
use census_collect::{AccountFailure, Collector, Progress, RunReport};
use census_directory::Directory;
use census_directory::scope::Outcome;
use census_error::{Error, SqlState};
use census_store::{RunInfo, RunOutcome, RunSummary, Store};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A census that was taken: what was read, what changed, how long it took.
pub struct Taken {
    report: RunReport,
    summary: RunSummary,
    elapsed: Duration,
}

/// Collects into the store; whole scopes read before `stop` resolves are kept.
///
/// # Errors
/// Where no account can be reached at all, the store cannot be written, or it was asked to stop (57014).
pub async fn take(
    store: &Store,
    directory: &Directory,
    collector: &Collector,
    progress: Arc<dyn Progress>,
    stop: impl Future<Output = ()>,
) -> Result<Taken, Error> {
    let started = Instant::now();
    let datasets = collector.options().datasets.clone();
    let recorder =
        store.recorder(directory, RunInfo::new(Vec::new(), Vec::new(), datasets)).await?;
    let recording = Arc::new(Recording(recorder));
    let collected = tokio::select! {
        collected = collector.run(recording.clone(), progress) => collected,
        () = stop => Err(Error::new(
            SqlState::QueryCanceled,
            "the census was interrupted",
        )
        .with_hint("Scopes that were read whole are kept; the next run reads the others.")),
    };
    let ended = match &collected {
        Ok(report) if report.is_complete() => RunOutcome::Finished,
        Ok(_) => RunOutcome::Incomplete,
        Err(_) => RunOutcome::Failed,
    };
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
            "{} ({}){fresh}, {} ({} created, {} updated, {} deleted), {} in {:.1} s",
            counted(scopes.len() as u64, "scope"),
            if outcomes.is_empty() { "none to read".to_owned() } else { outcomes.join(", ") },
            counted(rows, "row"),
            summary.created,
            summary.updated,
            summary.deleted,
            counted(self.report.calls, "call"),
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
            "failures": self.report.account_failures.iter().map(failure_as_json).collect::<Vec<_>>(),
            "rows": rows,
            "created": summary.created,
            "updated": summary.updated,
            "deleted": summary.deleted,
            "unchanged": summary.unchanged,
            "calls": self.report.calls,
            "throttles": self.report.throttles,
            "requests": self.report.requests,
            "seconds": self.elapsed.as_secs_f64(),
            "complete": self.report.is_complete(),
        })
    }

    /// Tells whether everything was read.
    pub fn is_complete(&self) -> bool {
        self.report.is_complete()
    }

    /// Tells how the command ends: 3 where anything could not be read.
    pub fn exit(&self) -> Exit {
        if self.is_complete() { Exit::Done } else { Exit::Incomplete }
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.report.scopes.iter().filter(|(_, report)| report.outcome == outcome).count()
    }
}

/// Tells machines that a census broke off, and why.
pub fn print_broken_off(error: &Error) {
    let was_interrupted = error.sqlstate() == SqlState::QueryCanceled;
    print_json(&serde_json::json!({
        "event": if was_interrupted { "interrupted" } else { "failed" },
        "sqlstate": error.sqlstate().code(),
        "message": error.message(),
    }));
}

fn failure_as_json(failure: &AccountFailure) -> serde_json::Value {
    serde_json::json!({
        "source": failure.source,
        "account_id": failure.account_id,
        "sqlstate": failure.error.sqlstate().code(),
        "message": failure.error.message(),
    })
}
