//! A store: where it is, whether it is one, and the tables a query may read.

use crate::coverage::{self, CoverageRow};
use crate::data_file::DataFile;
use crate::delta_table::VersionedTable;
use crate::error::{Result, StoreError};
use crate::layout::{CURRENT, Layout};
use crate::location::{KernelView, Location};
use crate::provider::VersionsProvider;
use crate::recorder::Recorder;
use crate::run::{self, RunInfo};
use crate::{forgetting, staging, vacuum};
use bytes::Bytes;
use census_directory::{Dataset, Directory};
use datafusion::arrow::datatypes::{FieldRef, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnv;
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use twox_hash::XxHash3_128;

/// The object at a store's root that says it is one.
const MARKER: &str = "census.json";
/// The format this version writes, and the highest it reads.
const FORMAT: u64 = 1;

/// A store that was found or created; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    text: String,
    location: Location,
    root: Arc<dyn ObjectStore>,
    kernel: KernelView,
    url: ObjectStoreUrl,
}

impl Store {
    /// Opens a store to read: a folder, `memory:`, `file://…` or `s3://bucket/prefix`.
    ///
    /// # Errors
    /// 55000 where there is none, where something else is, or where a later version of Census wrote it; 22023 for
    /// another kind of location; 42501 or 58030 where it cannot be read.
    pub async fn open(location: &str) -> census_error::Result<Self> {
        Ok(Self::connect(location, false).await?)
    }

    /// Opens a store to write; where there is nothing, or an empty folder, creates it.
    ///
    /// # Errors
    /// As [`Store::open`], and 42501, 53100 or 58030 where it cannot be created.
    pub async fn open_or_create(location: &str) -> census_error::Result<Self> {
        let store = Self::connect(location, true).await?;
        staging::remove_stale(&store).await?;
        Ok(store)
    }

    /// Opens a store to write at the root of an object store of one's own, creating it where there is nothing.
    ///
    /// # Errors
    /// As [`Store::open_or_create`].
    pub async fn over(root: Arc<dyn ObjectStore>) -> census_error::Result<Self> {
        Ok(Self::assemble("memory:", Location::Memory, root, true).await?)
    }

    /// Returns the location as it was given.
    #[must_use]
    pub fn location(&self) -> &str {
        &self.inner.text
    }

    /// Makes the store's files readable for the plans of a DataFusion runtime.
    pub fn register(&self, runtime: &RuntimeEnv) {
        runtime.register_object_store(self.inner.url.as_ref(), self.inner.root.clone());
    }

    /// Returns the present rows of a dataset, in exactly its columns; none where it was never collected.
    ///
    /// # Errors
    /// 42501 or 58030 where the store cannot be read, XX001 where it is damaged.
    pub async fn present(&self, dataset: &Dataset) -> census_error::Result<Arc<dyn TableProvider>> {
        let layout = Arc::new(Layout::of_dataset(dataset)?);
        let shown = layout.shown.clone();
        Ok(self.provider(layout, shown, true).await?)
    }

    /// Returns the present rows of a dataset with its hidden columns: `region` and a `_tag_<key>` for each kept tag.
    ///
    /// Filters on these prune files and never decode a map.
    ///
    /// # Errors
    /// As [`Store::present`].
    pub async fn present_with_kept_tags(
        &self,
        dataset: &Dataset,
    ) -> census_error::Result<Arc<dyn TableProvider>> {
        let layout = Arc::new(Layout::of_dataset(dataset)?);
        let shown = with_hidden_columns(&layout.shown, &layout.staged);
        Ok(self.provider(layout, shown, true).await?)
    }

    /// Returns every version of a dataset's rows with the hidden columns and `_valid_from`, `_valid_to` (NULL = present).
    ///
    /// # Errors
    /// As [`Store::present`].
    pub async fn versions(
        &self,
        dataset: &Dataset,
    ) -> census_error::Result<Arc<dyn TableProvider>> {
        let layout = Arc::new(Layout::of_dataset(dataset)?);
        let shown = with_hidden_columns(&layout.shown, &layout.stored);
        Ok(self.provider(layout, shown, false).await?)
    }

    /// Returns `census.coverage`: the last attempt at each scope.
    ///
    /// # Errors
    /// As [`Store::present`].
    pub async fn coverage_table(&self) -> census_error::Result<Arc<dyn TableProvider>> {
        let layout = Arc::new(coverage::layout()?);
        let shown = layout.shown.clone();
        Ok(self.provider(layout, shown, true).await?)
    }

    /// Returns `census.runs`: one row a census.
    ///
    /// # Errors
    /// As [`Store::present`].
    pub async fn runs_table(&self) -> census_error::Result<Arc<dyn TableProvider>> {
        let layout = Arc::new(run::layout()?);
        let shown = layout.shown.clone();
        Ok(self.provider(layout, shown, true).await?)
    }

    /// Returns the coverage of these datasets (of all where there are none), sorted by account, region, dataset.
    ///
    /// # Errors
    /// As [`Store::present`].
    pub async fn coverage(&self, datasets: &[&str]) -> census_error::Result<Vec<CoverageRow>> {
        Ok(coverage::read(self, datasets).await?)
    }

    /// Returns the accounts that censuses looked at, those of each together.
    ///
    /// # Errors
    /// As [`Store::present`].
    pub async fn accounts_of_runs(&self) -> census_error::Result<HashSet<Vec<String>>> {
        Ok(run::accounts(self).await?)
    }

    /// Starts a run that records what a collection finds.
    ///
    /// # Errors
    /// 42501, 53100 or 58030 where the store cannot be written.
    pub async fn recorder(
        &self,
        directory: &Directory,
        run: RunInfo,
    ) -> census_error::Result<Recorder> {
        Ok(Recorder::open(self.clone(), directory, run).await?)
    }

    /// Forgets accounts and their regions: their rows end now, in every dataset of the directory, and coverage speaks of
    /// them no more. Returns how many rows ended.
    ///
    /// # Errors
    /// 42501, 53100 or 58030 where the store cannot be written; 40001 where collections keep writing the same tables.
    pub async fn forget(
        &self,
        directory: &Directory,
        places: &[(String, String)],
    ) -> census_error::Result<u64> {
        Ok(forgetting::forget(self, directory, places).await?)
    }

    /// Returns the object store whose root is the store's root.
    pub(crate) fn root(&self) -> &Arc<dyn ObjectStore> {
        &self.inner.root
    }

    /// Returns the URL under which plans name the store.
    pub(crate) fn url(&self) -> &ObjectStoreUrl {
        &self.inner.url
    }

    /// Returns how the Delta kernel reaches the store.
    pub(crate) fn kernel(&self) -> &KernelView {
        &self.inner.kernel
    }

    /// Returns a path for messages.
    pub(crate) fn describe(&self, path: &str) -> String {
        format!("{}/{path}", self.inner.text.trim_end_matches('/'))
    }

    /// Deletes files that neither the present state of a table nor a recent one needs.
    pub(crate) async fn vacuum(&self, table: &VersionedTable) -> Result<usize> {
        vacuum::run(self, table).await
    }

    async fn connect(text: &str, create: bool) -> Result<Self> {
        let location = Location::parse(text)?;
        let root = location.connect(text, create)?;
        Self::assemble(text, location, root, create).await
    }

    async fn assemble(
        text: &str,
        location: Location,
        root: Arc<dyn ObjectStore>,
        create: bool,
    ) -> Result<Self> {
        let url = object_store_url(text, &location)?;
        let kernel = KernelView::new(&location, &root, text)?;
        let inner = Inner { text: text.to_owned(), root, kernel, url, location };
        let store = Self { inner: Arc::new(inner) };
        store.check_marker(create || store.inner.location == Location::Memory).await?;
        Ok(store)
    }

    /// Makes sure that a store is here; creates it where there is nothing and that is wanted.
    pub(crate) async fn check_marker(&self, create: bool) -> Result<()> {
        let text = &self.inner.text;
        if let Some(found) = self.marker().await? {
            return self.check_format(&found);
        }
        let listed = self.root().list(None).try_next().await;
        let empty = listed.map_err(|error| StoreError::io("open store", text, error))?.is_none();
        if !empty {
            // What is there now may be a store that somebody has created since the first look.
            return match self.marker().await? {
                Some(found) => self.check_format(&found),
                None => Err(StoreError::Foreign(text.clone())),
            };
        }
        if !create {
            return Err(StoreError::Missing(text.clone()));
        }
        let marker = format!("{{ \"format\": {FORMAT} }}\n");
        let options = PutOptions::from(PutMode::Create);
        match self.root().put_opts(&Path::from(MARKER), marker.into(), options).await {
            // Somebody else created it in the meantime, which is as good.
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(StoreError::io("create store", text.as_str(), error)),
        }
    }

    /// Reads the object that says what this is, where there is one.
    async fn marker(&self) -> Result<Option<Bytes>> {
        let failed = |error| StoreError::io("open store", self.inner.text.as_str(), error);
        match self.root().get(&Path::from(MARKER)).await {
            Ok(found) => found.bytes().await.map(Some).map_err(failed),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    fn check_format(&self, marker: &[u8]) -> Result<()> {
        let location = || self.inner.text.clone();
        let format = serde_json::from_slice::<serde_json::Value>(marker)
            .ok()
            .and_then(|marker| marker.get("format").and_then(serde_json::Value::as_u64));
        match format {
            None => Err(StoreError::Foreign(location())),
            Some(found) if found > FORMAT => {
                Err(StoreError::NewerFormat { location: location(), found, supported: FORMAT })
            }
            Some(_) => Ok(()),
        }
    }

    /// Makes sure that a dataset without a table had no rows: a table that is gone is no empty one.
    async fn check_never_written(&self, dataset: &str) -> Result<()> {
        let coverage = coverage::read(self, &[dataset]).await?;
        let rows: i64 = coverage.iter().filter_map(|row| row.rows).sum();
        if rows == 0 {
            return Ok(());
        }
        Err(StoreError::Damaged {
            path: self.describe(&dataset.replace('.', "/")),
            reason: format!("it is gone, and {rows} rows were written to it"),
        })
    }

    async fn provider(
        &self,
        layout: Arc<Layout>,
        shown: SchemaRef,
        present: bool,
    ) -> Result<Arc<dyn TableProvider>> {
        let table = VersionedTable::open(self, layout.clone()).await?;
        let mut files: Vec<DataFile> = if let Some(table) = &table {
            table.files()?
        } else {
            self.check_never_written(&layout.dataset).await?;
            Vec::new()
        };
        files.retain(|file| file.current || !present);
        Ok(Arc::new(VersionsProvider::new(self, &layout, shown, &files)))
    }
}

/// Returns the shown columns and then the hidden ones: those of `all` that are not shown.
fn with_hidden_columns(shown: &SchemaRef, all: &SchemaRef) -> SchemaRef {
    let mut fields: Vec<FieldRef> = shown.fields().iter().cloned().collect();
    for field in all.fields() {
        if shown.index_of(field.name()).is_err() && field.name() != CURRENT {
            fields.push(field.clone());
        }
    }
    Arc::new(Schema::new(fields))
}

/// Returns the URL under which plans name the store: the same wherever the same location is opened.
fn object_store_url(text: &str, location: &Location) -> Result<ObjectStoreUrl> {
    static MEMORY_STORES: AtomicU64 = AtomicU64::new(0);
    let host = match location {
        // Stores in memory are never the same.
        Location::Memory => format!("memory-{}", MEMORY_STORES.fetch_add(1, Ordering::Relaxed)),
        Location::Folder(_) | Location::S3 { .. } => {
            format!("{:x}", XxHash3_128::oneshot(text.as_bytes()))
        }
    };
    Ok(ObjectStoreUrl::parse(format!("census-store://{host}"))?)
}
