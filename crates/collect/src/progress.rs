//! What happens while a census is taken, for whoever shows it.

use census_directory::scope::{Scope, ScopeReport};
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
    /// The service asked to slow down.
    Throttled {
        /// The 12-digit account.
        account_id: &'a str,
        /// The region.
        region: &'a str,
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
}
