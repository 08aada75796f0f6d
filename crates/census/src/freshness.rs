//! What is known already, and what of it need not be read again yet.

use census_collect::Known;
use census_directory::scope::{Outcome, Scope};
use census_error::Result;
use census_store::{CoverageRow, Store};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashSet;
use std::time::Duration;

/// The scopes of a store.
pub struct KnownScopes {
    /// Those that were ever looked at, and together with which others; a region that was never enabled hides nothing and
    /// is none.
    pub known: Known,
    /// Those that were read whole a short while ago.
    pub fresh: HashSet<Scope>,
}

impl KnownScopes {
    /// Reads what is known; fresh is what was read whole no longer ago than an age, and without one nothing.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn read(store: &Store, age: Option<Duration>) -> Result<Self> {
        let age = age.map(|age| TimeDelta::from_std(age).unwrap_or(TimeDelta::MAX));
        // An age before all time is none.
        let since =
            age.map(|age| Utc::now().checked_sub_signed(age).unwrap_or(DateTime::<Utc>::MIN_UTC));
        let together = store.accounts_of_runs().await?;
        let known = Known { together, ..Known::default() };
        let mut scopes = Self { known, fresh: HashSet::new() };
        for row in store.coverage(&[]).await? {
            if since.is_some_and(|since| is_fresh(&row, since)) {
                scopes.fresh.insert(row.scope.clone());
            }
            if row.outcome != Outcome::NotEnabled || row.data_as_of.is_some() {
                scopes.known.scopes.insert(row.scope);
            }
        }
        Ok(scopes)
    }
}

fn is_fresh(row: &CoverageRow, since: DateTime<Utc>) -> bool {
    row.complete && row.data_as_of.is_some_and(|at| at >= since)
}
