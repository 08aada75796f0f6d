//! Forgets accounts and regions that will never be read again: their rows end, and coverage speaks of them no more.
//!
//! History keeps the rows. Nothing else does this: a census that cannot read an account says so for ever.

use crate::commit;
use crate::coverage;
use crate::delta_table::VersionedTable;
use crate::error::Result;
use crate::known::Arrival;
use crate::layout::Layout;
use crate::staging::{StagedRows, StagingArea};
use crate::store::Store;
use census_directory::{Directory, Proof};
use chrono::Utc;
use std::sync::Arc;
use uuid::Uuid;

/// Ends the rows of these accounts and regions in every dataset, and then their coverage; returns how many rows ended.
pub(crate) async fn forget(
    store: &Store,
    directory: &Directory,
    places: &[(String, String)],
) -> Result<u64> {
    let mut ended = 0;
    for dataset in directory.datasets() {
        ended += empty(store, Layout::of_dataset(dataset)?, places).await?;
    }
    // Last, so that what is left of a call that broke off can be forgotten again.
    empty(store, coverage::layout()?, places).await?;
    Ok(ended)
}

/// Takes it that a table has no rows of these places.
async fn empty(store: &Store, layout: Layout, places: &[(String, String)]) -> Result<u64> {
    let Some(mut table) = VersionedTable::open(store, Arc::new(layout)).await? else {
        return Ok(0);
    };
    let id = Uuid::new_v4().to_string();
    let area = StagingArea::new(store, &id);
    let arrival = |place: &(String, String)| Arrival {
        scope: Some(place.clone()),
        proof: Proof::default(),
        seen_at: Utc::now().timestamp_micros(),
        rows: StagedRows::new(area.clone(), table.layout.staged.clone()),
    };
    let arrivals = Arc::new(places.iter().map(arrival).collect());
    let (counts, _) = commit::apply(&mut table, arrivals, &id).await?;
    Ok(counts.deleted)
}
