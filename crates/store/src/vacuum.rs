//! Deletes files of a table that no version of the last day names.

use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::layout::CURRENT;
use crate::store::Store;
use chrono::{DateTime, Duration, Utc};
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use std::collections::HashSet;

/// A query that began this long ago may still read the files of its version.
const KEEP_HOURS: i64 = 24;

/// Deletes them; returns how many were.
///
/// History is in the rows and not in old versions of the table, so those are not kept.
pub(crate) async fn run(store: &Store, table: &VersionedTable) -> Result<usize> {
    let limit = Utc::now() - Duration::hours(KEEP_HOURS);
    let failed = |error: object_store::Error| {
        StoreError::io("clean", store.describe(&table.layout.folder), error)
    };
    let mut files: Vec<ObjectMeta> = Vec::new();
    for partition in [true, false] {
        let folder = Path::from(format!("{CURRENT}={partition}"));
        let listed: Vec<ObjectMeta> =
            table.files_store.list(Some(&folder)).try_collect().await.map_err(failed)?;
        files.extend(listed);
    }
    files.retain(|file| file.last_modified < limit);
    if files.is_empty() {
        return Ok(0);
    }
    let needed = needed_files(table, limit).await?;
    let mut deleted = 0;
    for file in files.iter().filter(|file| !needed.contains(file.location.as_ref())) {
        table.files_store.delete(&file.location).await.map_err(failed)?;
        deleted += 1;
    }
    Ok(deleted)
}

/// Returns the paths of active files and of those removed since.
async fn needed_files(table: &VersionedTable, since: DateTime<Utc>) -> Result<HashSet<String>> {
    let mut needed: HashSet<String> = table.files()?.into_iter().map(|file| file.path).collect();
    needed.extend(table.removed_since(since.timestamp_millis()).await?);
    Ok(needed)
}
