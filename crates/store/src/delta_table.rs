//! One dataset's Delta table: opening, creating, its list of files, and commits.

use crate::data_file::DataFile;
use crate::error::{Result, StoreError};
use crate::layout::{CURRENT, Layout};
use crate::store::Store;
use deltalake_core::kernel::transaction::{CommitBuilder, CommitProperties, TransactionError};
use deltalake_core::kernel::{Action, MetadataExt, StructField};
use deltalake_core::logstore::{LogStoreRef, StorageConfig, default_logstore};
use deltalake_core::operations::create::CreateBuilder;
use deltalake_core::protocol::{DeltaOperation, SaveMode};
use deltalake_core::{DeltaTable, DeltaTableError};
use futures::TryStreamExt;
use object_store::ObjectStore;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use std::sync::Arc;

/// Properties of every table: a checkpoint often enough that opening reads few log entries, a log kept for a week.
const PROPERTIES: [(&str, &str); 3] = [
    ("delta.checkpointInterval", "20"),
    ("delta.logRetentionDuration", "interval 7 days"),
    ("delta.deletedFileRetentionDuration", "interval 2 days"),
];

/// A table at one version; [`VersionedTable::refresh`] moves it to the newest.
#[derive(Debug, Clone)]
pub(crate) struct VersionedTable {
    /// Its columns at this version.
    pub(crate) layout: Arc<Layout>,
    /// The object store whose root is the table's folder.
    pub(crate) files_store: Arc<dyn ObjectStore>,
    path: String,
    delta: DeltaTable,
}

impl VersionedTable {
    /// Opens the newest version, or returns `None` where the dataset was never collected.
    pub(crate) async fn open(store: &Store, layout: Arc<Layout>) -> Result<Option<Self>> {
        let mut table = Self::unloaded(store, layout)?;
        let log_store = table.delta.log_store();
        if !log_store
            .is_delta_table_location()
            .await
            .map_err(|error| table.failed("read", error))?
        {
            table.check_unused().await?;
            return Ok(None);
        }
        table.refresh().await?;
        Ok(Some(table))
    }

    /// Opens the newest version, or creates the table without rows.
    pub(crate) async fn open_or_create(store: &Store, layout: Arc<Layout>) -> Result<Self> {
        if let Some(table) = Self::open(store, layout.clone()).await? {
            return Ok(table);
        }
        let mut table = Self::unloaded(store, layout)?;
        let schema = table.layout.delta_schema()?;
        let created = CreateBuilder::new()
            .with_log_store(table.delta.log_store())
            .with_table_name(table.layout.dataset.clone())
            .with_comment(table.layout.comment().to_owned())
            .with_columns(schema.fields().cloned())
            .with_partition_columns([CURRENT])
            .with_configuration(
                PROPERTIES.map(|(name, value)| (name.to_owned(), Some(value.to_owned()))),
            )
            .with_save_mode(SaveMode::Ignore)
            .await;
        if let Err(error) = created {
            // Two collections may create it at once; the loser finds the winner's table.
            if !table.delta.log_store().is_delta_table_location().await.unwrap_or(false) {
                return Err(table.failed("create", error));
            }
        }
        table.refresh().await?;
        Ok(table)
    }

    /// Moves to the newest version.
    pub(crate) async fn refresh(&mut self) -> Result<()> {
        let outcome = self.delta.update_state().await;
        outcome.map_err(|error| self.failed("read", error))?;
        let state = self.delta.snapshot().map_err(|error| self.failed("read", error))?;
        self.layout = Arc::new(self.layout.fit(&state.schema(), &self.path)?);
        Ok(())
    }

    /// Returns the active files of this version.
    pub(crate) fn files(&self) -> Result<Vec<DataFile>> {
        let state = self.delta.snapshot().map_err(|error| self.failed("read", error))?;
        Ok(state.log_data().iter().map(|view| DataFile::from_view(&view)).collect())
    }

    /// Returns the paths of files that were removed since a time (milliseconds).
    pub(crate) async fn removed_since(&self, since_millis: i64) -> Result<Vec<String>> {
        let state = self.delta.snapshot().map_err(|error| self.failed("read", error))?;
        let log_store = self.delta.log_store();
        let removed: Vec<_> = state
            .all_tombstones(&log_store)
            .try_collect()
            .await
            .map_err(|error| self.failed("read", error))?;
        let recent = removed
            .iter()
            .filter(|file| file.deletion_timestamp().is_none_or(|time| time >= since_millis));
        Ok(recent.map(|file| file.path().into_owned()).collect())
    }

    /// Returns the table's path for messages.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Commits these actions on top of this version; returns false if another writer was first.
    ///
    /// Whoever was first may have changed what the actions were derived from, so nothing is resolved
    /// here: the caller looks again. A commit that landed although an error was reported is found then.
    pub(crate) async fn commit(&mut self, mut actions: Vec<Action>, run_id: &str) -> Result<bool> {
        if let Some(metadata) = self.widened_metadata()? {
            actions.push(metadata);
        }
        let state = self.delta.snapshot().map_err(|error| self.failed("read", error))?.clone();
        let operation = DeltaOperation::Write {
            mode: SaveMode::Append,
            partition_by: Some(vec![CURRENT.to_owned()]),
            predicate: None,
        };
        let properties = CommitProperties::default()
            .with_max_retries(0)
            .with_metadata([("censusRun".to_owned(), run_id.into())]);
        let committed = CommitBuilder::from(properties)
            .with_actions(actions)
            .build(Some(&state), self.delta.log_store(), operation)
            .await;
        match committed {
            Ok(_) => Ok(true),
            Err(
                DeltaTableError::VersionAlreadyExists(_)
                | DeltaTableError::Transaction {
                    source:
                        TransactionError::CommitConflict(_)
                        | TransactionError::MaxCommitAttempts(_)
                        | TransactionError::VersionAlreadyExists(_),
                },
            ) => Ok(false),
            Err(error) => Err(self.failed("write", error)),
        }
    }

    /// Returns an action that adds the layout's columns that the table lacks, if there are any.
    fn widened_metadata(&self) -> Result<Option<Action>> {
        let state = self.delta.snapshot().map_err(|error| self.failed("read", error))?;
        let known = state.schema();
        let wanted = self.layout.delta_schema()?;
        let missing: Vec<StructField> =
            wanted.fields().filter(|field| known.field(field.name()).is_none()).cloned().collect();
        if missing.is_empty() {
            return Ok(None);
        }
        let failed = |error: DeltaTableError| self.failed("write", error);
        let schema =
            deltalake_core::kernel::StructType::try_new(known.fields().cloned().chain(missing))
                .map_err(|error| failed(DeltaTableError::from(error)))?;
        let metadata =
            state.metadata().clone().with_schema(&schema).map_err(|error| failed(error.into()))?;
        Ok(Some(Action::Metadata(metadata)))
    }

    /// Demands that a table without log has no rows either: they would seem never to have been collected.
    async fn check_unused(&self) -> Result<()> {
        let present = Path::from(format!("{CURRENT}=true"));
        let found = self.files_store.list(Some(&present)).try_next().await;
        match found.map_err(|error| StoreError::read(self.path.as_str(), error))? {
            None => Ok(()),
            Some(_) => Err(StoreError::Damaged {
                path: format!("{}/_delta_log", self.path),
                reason: "it is missing, and there are files of rows".to_owned(),
            }),
        }
    }

    fn unloaded(store: &Store, layout: Arc<Layout>) -> Result<Self> {
        let kernel = store.kernel();
        let url = kernel
            .url
            .join(&format!("{}/", layout.folder))
            .map_err(|error| StoreError::Internal(error.into()))?;
        let files_store: Arc<dyn ObjectStore> =
            Arc::new(PrefixStore::new(store.root().clone(), layout.folder.as_str()));
        let log_store: LogStoreRef = default_logstore(
            files_store.clone(),
            kernel.store.clone(),
            &url,
            &StorageConfig::default(),
        );
        let path = store.describe(&layout.folder);
        Ok(Self { layout, files_store, path, delta: DeltaTable::new(log_store) })
    }

    fn failed(&self, action: &'static str, error: DeltaTableError) -> StoreError {
        // What is read here is always the log.
        StoreError::io(action, format!("{}/_delta_log", self.path), error)
    }
}
