//! How complete an answer is: the coverage of the datasets that it reads.

use crate::error::EngineError;
use crate::scopes_read::ScopesRead;
use census_directory::scope::{Outcome, Scope};
use census_error::Result;
use census_store::CoverageRow;
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::BTreeSet;

/// How many scopes a sentence names before it counts the rest.
const NAMED_SCOPES: usize = 5;

/// What is known of the scopes that an answer reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// The AWS datasets that the statement reads, sorted.
    pub datasets: Vec<String>,
    /// The scopes of these datasets that the statement reads; regions that are not enabled have none, unless rows of
    /// theirs are kept.
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
            if hides_nothing(row) {
                continue;
            }
            completeness.scopes_total += 1;
            completeness.oldest_data_as_of =
                earlier(completeness.oldest_data_as_of, row.data_as_of);
            if row.complete {
                completeness.scopes_complete += 1;
            } else {
                let (scope, outcome, data_as_of) = (row.scope.clone(), row.outcome, row.data_as_of);
                completeness.incomplete.push(IncompleteScope { scope, outcome, data_as_of });
            }
        }
        for scope in read.untried.iter().filter(|scope| datasets.contains(&scope.dataset)) {
            completeness.scopes_total += 1;
            completeness.incomplete.push(IncompleteScope {
                scope: scope.clone(),
                outcome: Outcome::Never,
                data_as_of: None,
            });
        }
        completeness.incomplete.sort_by(|left, right| left.scope.cmp(&right.scope));
        completeness.never_collected = datasets.difference(tried).cloned().collect();
        completeness.never_collected.extend(read.never_tried.iter().cloned());
        completeness.datasets = datasets.into_iter().collect();
        completeness
    }

    /// Adds what is known of rows that another answer gave.
    pub(crate) fn add(&mut self, other: &Self) {
        self.scopes_total += other.scopes_total;
        self.scopes_complete += other.scopes_complete;
        self.oldest_data_as_of = earlier(self.oldest_data_as_of, other.oldest_data_as_of);
        self.datasets.extend(other.datasets.iter().cloned());
        self.incomplete.extend(other.incomplete.iter().cloned());
        self.never_collected.extend(other.never_collected.iter().cloned());
        self.datasets.sort();
        self.datasets.dedup();
        self.incomplete.sort_by(|left, right| left.scope.cmp(&right.scope));
        self.incomplete.dedup();
        self.never_collected.sort();
        self.never_collected.dedup();
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
            let place = format!("{account_id} {region} {dataset}");
            match (missing.outcome, missing.data_as_of) {
                (Outcome::Never, _) => format!("{place} never read"),
                (Outcome::Partial, None) => format!("{place} partly read"),
                (outcome, None) => format!("{place} {}, never read", outcome.as_str()),
                (outcome, Some(time)) => {
                    format!("{place} {}, last good {}", outcome.as_str(), written(time))
                }
            }
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

/// Tells whether a scope has nothing to show or to miss: a region that is not enabled, and of which nothing is kept.
fn hides_nothing(row: &CoverageRow) -> bool {
    row.outcome == Outcome::NotEnabled && row.rows.is_none_or(|rows| rows == 0)
}

fn earlier(left: Option<DateTime<Utc>>, right: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true).replacen('T', " ", 1)
}
