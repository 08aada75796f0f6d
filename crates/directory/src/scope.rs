//! A scope (account, region, dataset) and how an attempt to read it ended.

use crate::proof::UnreadPart;
use chrono::{DateTime, Utc};

/// What is read, compared and committed as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The 12-digit account.
    pub account_id: String,
    /// The region, for example `eu-west-1`.
    pub region: String,
    /// The id of the dataset, for example `aws.apigatewayv2_api`.
    pub dataset: String,
}

/// How an attempt to read a scope ended; `census.coverage` shows the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Everything was read; only this may remove rows.
    Complete,
    /// Some parents' lists failed; the rows of those parents are the last good ones.
    Partial,
    /// Access was denied.
    Denied,
    /// The quota was used up, retries included.
    Throttled,
    /// Anything else went wrong.
    Failed,
    /// The region is not enabled for the account.
    NotEnabled,
    /// Nobody has tried yet.
    Never,
}

impl Outcome {
    /// Every outcome, the best first.
    pub const ALL: [Self; 7] = [
        Self::Complete,
        Self::Partial,
        Self::Denied,
        Self::Throttled,
        Self::Failed,
        Self::NotEnabled,
        Self::Never,
    ];

    /// Returns the name that `census.coverage` shows.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Denied => "denied",
            Self::Throttled => "throttled",
            Self::Failed => "failed",
            Self::NotEnabled => "not_enabled",
            Self::Never => "never",
        }
    }

    /// Returns the outcome with this name, or `None`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == name)
    }
}

/// How one attempt to read a scope went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopeReport {
    /// How it ended.
    pub outcome: Outcome,
    /// The cloud's name of what went wrong, for example `AccessDeniedException`.
    pub error_code: Option<String>,
    /// The cloud's sentence about it.
    pub error_message: Option<String>,
    /// Rows read by this attempt.
    pub rows: u64,
    /// Requests sent, retries included.
    pub calls: u64,
    /// Answers that asked to slow down.
    pub throttles: u64,
    /// When the first request was sent.
    pub started_at: DateTime<Utc>,
    /// When the last answer was read.
    pub finished_at: DateTime<Utc>,
    /// What was not read to its end; where the outcome is not complete and nothing is named, all of it.
    pub unread: Vec<UnreadPart>,
}

impl ScopeReport {
    /// Returns the report of an attempt that ended before anything was called.
    #[must_use]
    pub fn of_no_call(outcome: Outcome, at: DateTime<Utc>) -> Self {
        Self {
            outcome,
            error_code: None,
            error_message: None,
            rows: 0,
            calls: 0,
            throttles: 0,
            started_at: at,
            finished_at: at,
            unread: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_parses_its_own_name() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.as_str()), Some(outcome));
        }
        assert_eq!(Outcome::parse("done"), None);
    }

    #[test]
    fn scopes_sort_by_account_then_region_then_dataset() {
        let scope = |account_id: &str, region: &str| Scope {
            account_id: account_id.to_owned(),
            region: region.to_owned(),
            dataset: "aws.apigatewayv2_api".to_owned(),
        };
        assert!(scope("1", "us-east-1") < scope("2", "eu-west-1"));
        assert!(scope("1", "eu-west-1") < scope("1", "us-east-1"));
    }
}
