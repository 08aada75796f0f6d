//! Scopes that a run is about to read: until one of them has been, `census.coverage` says that nobody ever read it.

use crate::commit::{ATTEMPTS, backoff, has_landed};
use crate::coverage::{self, CoverageRow};
use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::file_writer::{FileWriter, discard};
use crate::recorder::Recorder;
use census_directory::scope::{Outcome, Scope};
use chrono::Utc;
use deltalake_core::kernel::{Action, Add};
use std::collections::BTreeSet;

impl Recorder {
    /// Announces scopes that will be read: those that nobody has tried are covered as `never`, in one commit, so that
    /// a run that is killed does not leave them unsaid. What is known of the others stays.
    ///
    /// # Errors
    /// 42501, 53100 or 58030 where the store cannot be written, 40001 where another collection keeps writing the table.
    pub async fn plan(&self, scopes: &[Scope]) -> census_error::Result<()> {
        // In this order rows are stored.
        let scopes: BTreeSet<&Scope> = scopes.iter().collect();
        let mut committer = self.committer.lock().await;
        let run_id = committer.run.run_id.clone();
        let table = &mut committer.coverage;
        for attempt in 0..ATTEMPTS {
            table.refresh().await?;
            let known = coverage::by_scope(table).await?;
            let unknown = scopes.iter().filter(|scope| !known.contains_key(scope));
            let rows: Vec<CoverageRow> = unknown.map(|scope| never(scope)).collect();
            if rows.is_empty() {
                return Ok(());
            }
            let added = write(table, &rows).await?;
            let actions = added.iter().cloned().map(Action::Add).collect();
            if table.commit(actions, &run_id).await? {
                return Ok(());
            }
            table.refresh().await?;
            if has_landed(table, &added)? {
                return Ok(());
            }
            // Another collection may have covered some of them: what it says must not be hidden.
            discard(&table.files_store, &added).await;
            tokio::time::sleep(backoff(attempt)).await;
        }
        Err(StoreError::Conflict(table.layout.dataset.clone()).into())
    }
}

/// Returns the coverage of a scope that nobody has tried.
fn never(scope: &Scope) -> CoverageRow {
    CoverageRow {
        scope: scope.clone(),
        outcome: Outcome::Never,
        error_code: None,
        error_message: None,
        rows: None,
        calls: 0,
        throttles: 0,
        started_at: None,
        finished_at: None,
        data_as_of: None,
        complete: false,
    }
}

/// Writes rows that are sorted and not in the table; nothing of it is visible before the commit.
async fn write(table: &VersionedTable, rows: &[CoverageRow]) -> Result<Vec<Add>> {
    let layout = &table.layout;
    let staged = layout.stage(&coverage::to_rows(rows)?, "")?;
    let versions = layout.open_versions(&staged, Utc::now().timestamp_micros())?;
    let store = table.files_store.clone();
    let mut writer = FileWriter::new(store, layout.stored.clone(), true, table.path());
    writer.write(&versions).await?;
    writer.finish().await
}
