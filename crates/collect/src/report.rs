//! What a census came to.

use census_directory::scope::{Outcome, Scope, ScopeReport};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How a census went.
#[derive(Debug, Default)]
pub struct RunReport {
    /// Every scope and how it ended, sorted by account, region and dataset.
    pub scopes: Vec<(Scope, ScopeReport)>,
    /// Scopes that were left out, since what is known of them is fresh enough.
    pub fresh: usize,
    /// Sources of credentials that led to no account.
    pub account_failures: Vec<AccountFailure>,
    /// Requests of lists, retries and parents' lists included.
    pub calls: u64,
    /// Requests of every kind by the service's signing name, those that found accounts and regions included.
    pub requests: BTreeMap<String, u64>,
    /// Answers that asked to slow down.
    pub throttles: u64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When the last scope ended.
    pub finished_at: DateTime<Utc>,
}

/// A source of credentials that led to no account, or a region that no account has.
#[derive(Debug)]
pub struct AccountFailure {
    /// The source, as a phrase.
    pub source: String,
    /// The 12-digit account, where it is known all the same.
    pub account_id: Option<String>,
    /// Why.
    pub error: census_error::Error,
}

/// What a census would look at.
#[derive(Debug, Default)]
pub struct Survey {
    /// Every account with each of its regions.
    pub places: Vec<SurveyedPlace>,
    /// The requests that it took, which a census begins with as well, by the service's signing name.
    pub requests: BTreeMap<String, u64>,
    /// Sources of credentials that led to no account.
    pub account_failures: Vec<AccountFailure>,
}

/// An account's region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyedPlace {
    /// The 12-digit account.
    pub account_id: String,
    /// The region.
    pub region: String,
    /// Whether the account may use it; where that was not asked, it is taken to.
    pub enabled: bool,
}

impl RunReport {
    /// Tells whether everything that was to be read was read; a region that is not enabled hides nothing.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let is_read = |outcome| matches!(outcome, Outcome::Complete | Outcome::NotEnabled);
        self.account_failures.is_empty()
            && self.scopes.iter().all(|(_, report)| is_read(report.outcome))
    }
}
