//! A disk that fills up at any point of a run: no half scope, nothing lost, a clear line, and the next run mends it.

use crate::interruptions::of_dataset;
use crate::small::everything;
use crate::taken::{Recording, found, options, rows, sandbox, take};
use async_trait::async_trait;
use census_collect::{Collector, NoProgress, Sink};
use census_directory::Directory;
use census_sandbox::Sandbox;
use census_store::{RunOutcome, Store};
use chrono::{DateTime, Utc};
use futures::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Into how many parts the room that a run needs is cut.
const STEPS: usize = 24;

/// A disk with room for so many bytes: what does not fit is refused, and something smaller may still fit.
#[derive(Debug)]
struct Disk {
    inner: Arc<InMemory>,
    room: AtomicUsize,
}

impl Disk {
    fn take(&self, bytes: usize) -> Result<()> {
        let taken = self
            .room
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| room.checked_sub(bytes));
        let full = std::io::Error::from(ErrorKind::StorageFull);
        taken.map(drop).map_err(|_| Error::Generic { store: "Disk", source: full.into() })
    }
}

impl std::fmt::Display for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disk")
    }
}

#[async_trait]
impl ObjectStore for Disk {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.take(payload.content_length())?;
        self.inner.put_opts(location, payload, options).await
    }

    async fn put_multipart_opts(
        &self,
        _location: &Path,
        _options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        panic!("nothing here is as large");
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.inner.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<Path>>,
    ) -> BoxStream<'static, Result<Path>> {
        self.inner.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.inner.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.inner.copy_opts(from, to, options).await
    }
}

/// Takes a census onto a disk with so much room; returns what is left of it.
async fn take_onto(
    inner: &Arc<InMemory>,
    room: usize,
    sandbox: &Sandbox,
) -> census_error::Result<usize> {
    let disk = Arc::new(Disk { inner: Arc::clone(inner), room: AtomicUsize::new(room) });
    let store = Store::over(disk.clone()).await?;
    let run = census_store::RunInfo::new(Vec::new(), Vec::new(), Vec::new());
    let recording = Arc::new(Recording(store.recorder(Directory::builtin(), run).await?));
    let collector =
        Collector::new(options(sandbox), Arc::new(Directory::builtin().clone())).unwrap();
    let sink: Arc<dyn Sink> = Arc::clone(&recording) as _;
    let collected = collector.run(sink, Arc::new(NoProgress)).await.map(drop);
    let outcome = if collected.is_ok() { RunOutcome::Finished } else { RunOutcome::Failed };
    let closed = recording.0.close(outcome).await.map(drop);
    collected.and(closed)?;
    Ok(disk.room.load(Ordering::SeqCst))
}

async fn read_at(store: &Store) -> BTreeMap<String, Option<DateTime<Utc>>> {
    let coverage = store.coverage(&[]).await.unwrap();
    coverage.into_iter().map(|row| (row.scope.dataset, row.data_as_of)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_at_any_point_shows_no_half_scope_and_the_next_run_mends_it() {
    let (before, after) = (everything(["a", "b", "c"], "old"), everything(["b", "c", "d"], "new"));
    let (known, fresh) = (found(&before).await, found(&after).await);
    let sandbox = sandbox(before.clone()).await;
    let mut needed = None;
    let mut seen = (false, false);
    for step in (0..=STEPS).rev() {
        let inner = Arc::new(InMemory::new());
        let store = Store::over(inner.clone()).await.unwrap();
        sandbox.change(|inventory| *inventory = before.clone());
        take(&store, options(&sandbox)).await;
        let former = read_at(&store).await;
        sandbox.change(|inventory| *inventory = after.clone());
        let enough = 1 << 30;
        let room = needed.map_or(enough, |needed: usize| needed * step / STEPS);
        let taken = take_onto(&inner, room, &sandbox).await;

        let reopened = Store::over(inner.clone()).await.unwrap();
        let (held, now) = (rows(&reopened).await, read_at(&reopened).await);
        for dataset in Directory::builtin().datasets() {
            let own = of_dataset(&held, &dataset.id);
            let is_old = own == of_dataset(&known, &dataset.id);
            let is_new = own == of_dataset(&fresh, &dataset.id);
            assert!(is_old || is_new, "{} with {room} bytes: {own:?}", dataset.id);
            assert!(is_new || now[&dataset.id] == former[&dataset.id], "fresher than its rows");
            seen = (seen.0 || is_old, seen.1 || is_new);
        }
        match taken {
            Ok(left) => {
                needed.get_or_insert(enough - left);
            }
            Err(error) => {
                assert_eq!(error.sqlstate().code(), "53100", "{error:?}");
                let message = error.message();
                assert!(message.starts_with("no space left in store \"memory:"), "{message}");
            }
        }
        take(&reopened, options(&sandbox)).await;
        assert_eq!(rows(&reopened).await, fresh, "after {room} bytes");
    }
    assert_eq!(seen, (true, true), "both states were met");
}

#[tokio::test]
async fn a_disk_that_is_full_from_the_start_is_told_before_any_call() {
    let sandbox = sandbox(everything(["a", "b", "c"], "old")).await;
    let error = take_onto(&Arc::new(InMemory::new()), 0, &sandbox).await.unwrap_err();
    assert_eq!(error.sqlstate().code(), "53100");
    assert!(sandbox.calls().is_empty());
}
