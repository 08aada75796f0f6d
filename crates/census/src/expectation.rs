//! What a census is expected to take, from what the last one of the same scopes took.

use census_directory::{Dataset, Directory};
use census_store::{CoverageRow, Store};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};

/// What is known of the calls that accounts and regions take.
#[derive(Debug, Default)]
pub struct Expectation {
    places: HashMap<(String, String), ExpectedPlace>,
}

/// What is known of an account's region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectedPlace {
    /// Calls that the last census made, without those that were made again.
    pub calls: u64,
    /// The datasets among those wanted that were never listed there.
    pub unknown: usize,
    /// When the oldest of them was last tried.
    pub tried_at: Option<DateTime<Utc>>,
}

impl Expectation {
    /// Reads what the last census of these datasets, and of all they are listed under, took.
    ///
    /// # Errors
    /// Those of the store, and an unknown dataset.
    pub async fn read(
        store: &Store,
        directory: &Directory,
        datasets: &[String],
    ) -> census_error::Result<Self> {
        let listed = listed(directory, datasets)?;
        let ids: Vec<&str> = listed.iter().map(|dataset| dataset.id.as_str()).collect();
        Ok(Self::of(&store.coverage(&ids).await?, ids.len()))
    }

    fn of(coverage: &[CoverageRow], datasets: usize) -> Self {
        let mut places: HashMap<(String, String), ExpectedPlace> = HashMap::new();
        let mut known: HashMap<(String, String), HashSet<&str>> = HashMap::new();
        for row in coverage.iter().filter(|row| row.calls > 0 || row.complete) {
            let key = (row.scope.account_id.clone(), row.scope.region.clone());
            known.entry(key.clone()).or_default().insert(&row.scope.dataset);
            let place = places.entry(key).or_default();
            place.calls += u64::try_from(row.calls - row.throttles).unwrap_or_default();
            place.tried_at = place.tried_at.into_iter().chain(row.finished_at).min();
        }
        for (key, place) in &mut places {
            place.unknown = datasets - known.get(key).map_or(0, HashSet::len);
        }
        Self { places }
    }

    /// Returns what is known of an account's region, if anything is.
    pub fn of_place(&self, account_id: &str, region: &str) -> Option<&ExpectedPlace> {
        self.places.get(&(account_id.to_owned(), region.to_owned()))
    }

    /// Returns the calls that an account takes; `None` where anything of it is not known.
    pub fn calls_of_account(&self, account_id: &str) -> Option<u64> {
        let mut calls = None;
        for ((account, _), place) in &self.places {
            if account == account_id {
                if place.unknown > 0 {
                    return None;
                }
                *calls.get_or_insert(0) += place.calls;
            }
        }
        calls
    }
}

/// Returns the datasets that are listed for the sake of these, or all where none is named.
pub fn listed<'a>(
    directory: &'a Directory,
    datasets: &[String],
) -> census_error::Result<Vec<&'a Dataset>> {
    if datasets.is_empty() {
        return Ok(directory.datasets().collect());
    }
    Ok(directory.closure(datasets)?)
}
