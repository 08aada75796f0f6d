//! What need not be read again yet.

use census_directory::scope::Scope;
use census_error::Result;
use census_store::{CoverageRow, Store};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashSet;
use std::time::Duration;

/// Returns the scopes that were read whole no longer ago than an age.
///
/// # Errors
/// Those of the store.
pub async fn fresh_scopes(store: &Store, age: Duration) -> Result<HashSet<Scope>> {
    let age = TimeDelta::from_std(age).unwrap_or(TimeDelta::MAX);
    // An age before all time is none.
    let since = Utc::now().checked_sub_signed(age).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let known = store.coverage(&[]).await?;
    let is_fresh = |row: &CoverageRow| row.complete && row.data_as_of.is_some_and(|at| at >= since);
    Ok(known.into_iter().filter(is_fresh).map(|row| row.scope).collect())
}
