//! Metrics of the censuses that this process takes.

use census_collect::{Event, Progress};
use chrono::{DateTime, Utc};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The bounds of the buckets of durations: from a small account to an organization at API Gateway's quota.
const DURATION_SECONDS: [f64; 12] =
    [1.0, 5.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0];

/// How a census ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunEnd {
    /// Every scope was read.
    Complete,
    /// Some accounts or scopes could not be read.
    Incomplete,
    /// An error ended it.
    Failed,
    /// It was asked to stop.
    Stopped,
}

/// Counts what happens while censuses are taken.
#[derive(Debug)]
pub struct CollectionMetrics {
    registry: Registry,
    requests: Family<OfService, Counter>,
    throttles: Family<OfQuota, Counter>,
    rows: Family<OfDataset, Counter>,
    scopes: Family<OfOutcome, Counter>,
    runs: Family<OfRun, Counter>,
    duration: Histogram,
    in_progress: Gauge,
    moments: Mutex<Moments>,
}

/// When censuses began, ended and will begin; what has not come is not shown, since 0 would be 1970.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    started: Option<DateTime<Utc>>,
    ended: Option<DateTime<Utc>>,
    next: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfService {
    service: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfQuota {
    account_id: String,
    region: String,
    service: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfDataset {
    dataset: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfOutcome {
    dataset: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRun {
    outcome: &'static str,
}

impl RunEnd {
    const ALL: [Self; 4] = [Self::Complete, Self::Incomplete, Self::Failed, Self::Stopped];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Incomplete => "incomplete",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
        }
    }
}

impl Default for CollectionMetrics {
    fn default() -> Self {
        Self::new()
    }
}

impl CollectionMetrics {
    /// Returns metrics of no census yet.
    #[must_use]
    pub fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("census"),
            requests: Family::default(),
            throttles: Family::default(),
            rows: Family::default(),
            scopes: Family::default(),
            runs: Family::default(),
            duration: Histogram::new(DURATION_SECONDS),
            in_progress: Gauge::default(),
            moments: Mutex::default(),
        };
        for end in RunEnd::ALL {
            // A rate can only be told from a counter that was there before its first event.
            let _ = metrics.runs.get_or_create(&OfRun { outcome: end.as_str() });
        }
        metrics.register();
        metrics
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "requests",
            "Requests sent to AWS, those made again included",
            self.requests.clone(),
        );
        registry.register(
            "throttles",
            "Answers of AWS that asked to slow down",
            self.throttles.clone(),
        );
        registry.register("rows_read", "Rows read, changed or not", self.rows.clone());
        registry.register(
            "scopes_ended",
            "Scopes that have ended, by outcome",
            self.scopes.clone(),
        );
        registry.register("runs", "Censuses that have ended, by outcome", self.runs.clone());
        let duration = self.duration.clone();
        let help = "How long censuses took, however they ended";
        registry.register_with_unit("run_duration", help, Unit::Seconds, duration);
        registry.register(
            "runs_in_progress",
            "Whether a census is being taken",
            self.in_progress.clone(),
        );
    }

    /// Notes that a census begins.
    pub fn begin_run(&self, at: DateTime<Utc>) {
        self.in_progress.set(1);
        self.lock().started = Some(at);
    }

    /// Notes that the census has ended, after so long.
    pub fn end_run(&self, end: RunEnd, at: DateTime<Utc>, took: Duration) {
        self.in_progress.set(0);
        self.lock().ended = Some(at);
        self.duration.observe(took.as_secs_f64());
        self.runs.get_or_create(&OfRun { outcome: end.as_str() }).inc();
    }

    /// Notes when the next census begins.
    pub fn plan_run(&self, at: DateTime<Utc>) {
        self.lock().next = Some(at);
    }

    /// Returns what is counted.
    pub(crate) fn counts(&self) -> &Registry {
        &self.registry
    }

    /// Returns the times that are known.
    pub(crate) fn moments(&self) -> Registry {
        let Moments { started, ended, next } = *self.lock();
        let mut registry = Registry::with_prefix("census");
        for (name, help, moment) in [
            ("run_started_timestamp", "When the last census began", started),
            ("run_ended_timestamp", "When the last census ended", ended),
            ("run_next_timestamp", "When the next census begins", next),
        ] {
            let Some(moment) = moment else { continue };
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            let seconds = moment.timestamp_millis() as f64 / 1_000.0;
            let gauge = Gauge::<f64, AtomicU64>::default();
            gauge.set(seconds);
            registry.register_with_unit(name, help, Unit::Seconds, gauge);
        }
        registry
    }

    fn lock(&self) -> MutexGuard<'_, Moments> {
        // Times stay usable whatever happened to another holder.
        self.moments.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for CollectionMetrics {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::RequestSent { service } => {
                self.requests.get_or_create(&OfService { service: service.to_owned() }).inc();
            }
            Event::Throttled { account_id, region, service } => {
                let quota = OfQuota {
                    account_id: account_id.to_owned(),
                    region: region.to_owned(),
                    service: service.to_owned(),
                };
                self.throttles.get_or_create(&quota).inc();
            }
            Event::RowsRead { scope, rows } => {
                let dataset = OfDataset { dataset: scope.dataset.clone() };
                self.rows.get_or_create(&dataset).inc_by(rows as u64);
            }
            Event::ScopeFinished { scope, report } => {
                let dataset = scope.dataset.clone();
                let outcome = OfOutcome { dataset, outcome: report.outcome.as_str() };
                self.scopes.get_or_create(&outcome).inc();
            }
            _ => {}
        }
    }
}
