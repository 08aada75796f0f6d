//! Metrics of what the store knows: how complete and how old each scope is.

use census_directory::scope::{Outcome, Scope};
use census_store::CoverageRow;
use chrono::{DateTime, Utc};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use std::sync::atomic::AtomicU64;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfScope {
    account_id: String,
    region: String,
    dataset: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfOutcome {
    outcome: &'static str,
}

impl From<&Scope> for OfScope {
    fn from(scope: &Scope) -> Self {
        Self {
            account_id: scope.account_id.clone(),
            region: scope.region.clone(),
            dataset: scope.dataset.clone(),
        }
    }
}

/// Returns what the coverage of a store says at a time; `None` where the store could not be read.
pub(crate) fn registry(coverage: Option<&[CoverageRow]>, now: DateTime<Utc>) -> Registry {
    let complete = Family::<OfScope, Gauge>::default();
    let age = Family::<OfScope, Gauge<f64, AtomicU64>>::default();
    let rows = Family::<OfScope, Gauge>::default();
    let outcomes = Family::<OfOutcome, Gauge>::default();
    for outcome in Outcome::ALL {
        let _ = outcomes.get_or_create(&OfOutcome { outcome: outcome.as_str() });
    }
    for row in coverage.unwrap_or_default() {
        outcomes.get_or_create(&OfOutcome { outcome: row.outcome.as_str() }).inc();
        // A region that is not enabled hides nothing, and can be no alert.
        if row.outcome == Outcome::NotEnabled {
            continue;
        }
        let scope = OfScope::from(&row.scope);
        complete.get_or_create(&scope).set(i64::from(row.complete));
        if let Some(as_of) = row.data_as_of {
            age.get_or_create(&scope).set((now - as_of).as_seconds_f64().max(0.0));
        }
        if let Some(count) = row.rows {
            rows.get_or_create(&scope).set(count);
        }
    }
    let mut registry = Registry::with_prefix("census");
    let readable = Gauge::<i64>::default();
    readable.set(i64::from(coverage.is_some()));
    registry.register("store_readable", "Whether the store could be read just now", readable);
    registry.register("scopes", "Scopes by the outcome of their last try", outcomes);
    registry.register(
        "scope_complete",
        "Whether the last try read the scope whole; 0 shows last good rows",
        complete,
    );
    let help = "How long ago the scope was last read whole; absent where it never was";
    registry.register_with_unit("scope_age", help, Unit::Seconds, age);
    registry.register("scope_rows", "Rows when the scope was last read whole", rows);
    registry
}
