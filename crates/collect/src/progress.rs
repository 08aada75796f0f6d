//! What happens while a census is taken, for whoever shows it.

use census_directory::scope::{Scope, ScopeReport};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Is told what happens; called often and from several tasks, so it must return at once.
pub trait Progress: Send + Sync {
    /// Takes note of an event.
    fn event(&self, event: Event<'_>);
}

/// Takes note of nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn event(&self, _event: Event<'_>) {}
}

/// Counts the requests to each service, and passes on what it is told.
pub(crate) struct RequestCount {
    next: Arc<dyn Progress>,
    requests: Mutex<BTreeMap<String, u64>>,
}

impl RequestCount {
    /// Passes everything on to `next`.
    pub(crate) fn before(next: Arc<dyn Progress>) -> Self {
        Self { next, requests: Mutex::default() }
    }

    /// Returns the requests so far, by the service's signing name.
    pub(crate) fn requests(&self) -> BTreeMap<String, u64> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, u64>> {
        // Counts stay usable whatever happened to another holder.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Progress for RequestCount {
    fn event(&self, event: Event<'_>) {
        if let Event::RequestSent { service } = event {
            *self.lock().entry(service.to_owned()).or_default() += 1;
        }
        self.next.event(event);
    }
}

/// Something that happened.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A source of credentials turned out to be this account.
    AccountFound {
        /// The 12-digit account.
        account_id: &'a str,
        /// The regions that will be walked.
        regions: usize,
        /// The scopes that will end.
        scopes: usize,
    },
    /// A scope's first call is about to be made.
    ScopeStarted {
        /// The scope.
        scope: &'a Scope,
    },
    /// A request is about to be sent, to whatever service, for the first time or again.
    RequestSent {
        /// The service's signing name, for example `apigateway` or `sts`.
        service: &'a str,
    },
    /// A list call has ended, well or not, retries included.
    CallMade {
        /// The 12-digit account.
        account_id: &'a str,
        /// The region.
        region: &'a str,
        /// The dataset listed.
        dataset: &'a str,
    },
    /// Rows were read.
    RowsRead {
        /// Their scope.
        scope: &'a Scope,
        /// How many.
        rows: usize,
    },
    /// A service asked to slow down.
    Throttled {
        /// The 12-digit account.
        account_id: &'a str,
        /// The region.
        region: &'a str,
        /// The service's signing name.
        service: &'a str,
    },
    /// A call waits for the quota or before another attempt.
    Waiting {
        /// The 12-digit account.
        account_id: &'a str,
        /// The region.
        region: &'a str,
        /// For how long.
        delay: Duration,
    },
    /// A scope has ended.
    ScopeFinished {
        /// The scope.
        scope: &'a Scope,
        /// How it ended.
        report: &'a ScopeReport,
    },
    /// All scopes of an account's region have ended.
    PlaceFinished {
        /// The 12-digit account.
        account_id: &'a str,
        /// The region.
        region: &'a str,
    },
}
