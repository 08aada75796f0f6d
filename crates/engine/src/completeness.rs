//! How complete an answer is: the coverage of the datasets that it reads.

use crate::error::EngineError;
use crate::scopes_read::ScopesRead;
use census_directory::scope::{Outcome, Scope};
use census_error::Result;
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::BTreeSet;

/// How many scopes a sentence names before it counts the rest.
const NAMED_SCOPES: usize = 5;

/// What is known of the scopes that an answer reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// The AWS datasets that the statement reads, sorted.
    pub datasets: Vec<String>,
    /// The scopes of these datasets that the statement reads; regions that are not enabled have none.
    pub scopes_total: usize,
    /// Those whose last reading was complete.
    pub scopes_complete: usize,
    /// The others, sorted by scope.
    pub incomplete: Vec<IncompleteScope>,
    /// When the oldest scope was last read completely; `None` where nothing ever was.
    pub oldest_data_as_of: Option<DateTime<Utc>>,
    /// The datasets that nobody has tried to read, and those that nobody has tried to read in an account or region
    /// that the statement names: `aws.apigatewayv2_api in region eu-west-1`.
    pub never_collected: Vec<String>,
}

/// A scope that was not read completely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncompleteScope {
    /// The account, region and dataset.
    pub scope: Scope,
    /// How the last attempt ended.
    pub outcome: Outcome,
    /// When it was last read completely; its rows of then are shown.
    pub data_as_of: Option<DateTime<Utc>>,
}

impl Completeness {
    /// Judges the datasets of a statement by the coverage of the scopes that it reads; `tried` are those among the
    /// datasets that anybody has tried to read, wherever.
    #[must_use]
    pub(crate) fn of(
        datasets: BTreeSet<String>,
        tried: &BTreeSet<String>,
        read: &ScopesRead,
    ) -> Self {
        let mut completeness = Self::default();
        for row in read.coverage.iter().filter(|row| datasets.contains(&row.scope.dataset)) {
            if row.outcome == Outcome::NotEnabled {
                continue;
            }
            completeness.scopes_total += 1;
            completeness.oldest_data_as_of = match (completeness.oldest_data_as_of, row.data_as_of)
            {
                (Some(left), Some(right)) => Some(left.min(right)),
                (left, right) => left.or(right),
            };
            if row.complete {
                completeness.scopes_complete += 1;
            } else {
                let (scope, outcome, data_as_of) = (row.scope.clone(), row.outcome, row.data_as_of);
                completeness.incomplete.push(IncompleteScope { scope, outcome, data_as_of });
            }
        }
        completeness.never_collected = datasets.difference(tried).cloned().collect();
        completeness.never_collected.extend(read.never_tried.iter().cloned());
        completeness.datasets = datasets.into_iter().collect();
        completeness
    }

    /// Tells whether every scope was read completely and every dataset was collected.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty() && self.never_collected.is_empty()
    }

    /// Returns one line about it, for example `complete: 6 of 6 scopes, as of 2026-11-22 19:40:12Z`;
    /// `None` where no dataset was read.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        if self.datasets.is_empty() {
            return None;
        }
        if self.is_complete() {
            let age = self
                .oldest_data_as_of
                .map(|time| format!(", as of {}", written(time)))
                .unwrap_or_default();
            return Some(format!(
                "complete: {} of {} scopes{age}",
                self.scopes_complete, self.scopes_total
            ));
        }
        Some(format!(
            "INCOMPLETE: {} of {} scopes; {}",
            self.scopes_complete,
            self.scopes_total,
            self.missing()
        ))
    }

    /// Refuses an incomplete answer (57P03) with the scopes that are missing.
    pub(crate) fn require(&self) -> Result<()> {
        if self.is_complete() {
            return Ok(());
        }
        Err(EngineError::Incomplete { missing: self.missing() }.into())
    }

    fn missing(&self) -> String {
        let mut parts: Vec<String> = self
            .never_collected
            .iter()
            .map(|dataset| format!("{dataset} was never collected"))
            .collect();
        parts.extend(self.incomplete.iter().take(NAMED_SCOPES).map(|missing| {
            let Scope { account_id, region, dataset } = &missing.scope;
            let last = match missing.data_as_of {
                Some(time) => format!("last good {}", written(time)),
                None => "never read".to_owned(),
            };
            format!("{account_id} {region} {dataset} {}, {last}", missing.outcome.as_str())
        }));
        if self.incomplete.len() > NAMED_SCOPES {
            parts.push(format!(
                "and {} more in census.coverage",
                self.incomplete.len() - NAMED_SCOPES
            ));
        }
        parts.join("; ")
    }
}

fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true).replacen('T', " ", 1)
}
