//! Takes a census again and again, until asked to stop.

use crate::exit;
use crate::failed_scopes::FailedScopes;
use crate::freshness::KnownScopes;
use crate::interrupt::Stop;
use crate::progress::ProgressFormat;
use crate::schedule::Schedule;
use crate::surroundings::tell;
use crate::taken::{Taken, take};
use census_collect::{Collector, Event, Progress};
use census_directory::Directory;
use census_error::Error;
use census_metrics::{CollectionMetrics, RunEnd};
use census_store::Store;
use chrono::{SecondsFormat, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is collected again and again.
pub struct Collecting {
    /// Where it goes.
    pub store: Store,
    /// The datasets.
    pub directory: Arc<Directory>,
    /// Whose resources.
    pub collector: Collector,
    /// How often.
    pub every: Duration,
    /// What was read whole no longer ago than this is left out.
    pub max_age: Option<Duration>,
    /// Who counts.
    pub metrics: Arc<CollectionMetrics>,
}

impl Collecting {
    /// Takes censuses, one at a time; one that fails is told, and the next is taken all the same.
    pub async fn run(self, stop: Stop) {
        let mut schedule = Schedule::new(self.every);
        // A server that is started again does not read everything again.
        let mut max_age = self.max_age.unwrap_or(self.every / 2);
        loop {
            tokio::select! {
                () = schedule.wait() => {}
                () = stop.requested() => return,
            }
            self.take_one(max_age, &stop).await;
            if stop.is_requested() {
                return;
            }
            max_age = self.max_age.unwrap_or_default();
            let next = Utc::now() + schedule.left();
            self.metrics.plan_run(next);
            tell(&format!("next census at {}", next.to_rfc3339_opts(SecondsFormat::Secs, true)));
        }
    }

    async fn take_one(&self, max_age: Duration, stop: &Stop) {
        self.metrics.begin_run(Utc::now());
        let started = Instant::now();
        let taken = self.collect(max_age, stop).await;
        let end = match &taken {
            Ok(taken) if taken.is_complete() => RunEnd::Complete,
            Ok(_) => RunEnd::Incomplete,
            Err(_) if stop.is_requested() => RunEnd::Stopped,
            Err(_) => RunEnd::Failed,
        };
        self.metrics.end_run(end, Utc::now(), started.elapsed());
        match taken {
            Ok(taken) => taken.print(ProgressFormat::Text),
            Err(error) => drop(exit::print(&error.into())),
        }
    }

    async fn collect(&self, max_age: Duration, stop: &Stop) -> Result<Taken, Error> {
        let age = Some(max_age).filter(|age| !age.is_zero());
        let KnownScopes { known, fresh } = KnownScopes::read(&self.store, age).await?;
        let collector = self.collector.knowing(known, fresh);
        let progress = Arc::new(Told { metrics: self.metrics.clone(), failed: Mutex::default() });
        take(&self.store, &self.directory, &collector, progress, stop.requested()).await
    }
}

/// Counts everything, and prints what could not be read of each account's region.
struct Told {
    metrics: Arc<CollectionMetrics>,
    failed: Mutex<FailedScopes>,
}

impl Progress for Told {
    fn event(&self, event: Event<'_>) {
        self.metrics.event(event);
        // Lines stay right whatever happened to another holder.
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        for line in failed.take(event) {
            tell(&line);
        }
    }
}
