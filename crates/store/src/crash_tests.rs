//! Breaks a collection off before each of its writes: nothing is lost, and no half scope shows.

use crate::Store;
use async_trait::async_trait;
use census_directory::scope::Outcome;
use futures::stream::BoxStream;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[path = "../tests/inventory/mod.rs"]
mod inventory;

/// A store in memory whose disk is full after so many writes, or which answers wrongly.
#[derive(Debug)]
struct Faulty {
    inner: Arc<InMemory>,
    left: AtomicUsize,
    /// The object whose writing is answered as if somebody else had been first: the true answer got lost.
    lost: Option<&'static str>,
}

impl Faulty {
    fn take(&self) -> Result<()> {
        let left =
            self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| object_store::Error::Generic {
            store: "Faulty",
            source: Box::new(std::io::Error::from(std::io::ErrorKind::StorageFull)),
        })
    }
}

impl std::fmt::Display for Faulty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Faulty")
    }
}

#[async_trait]
impl ObjectStore for Faulty {
    async fn put_opts(
        &self,
        location: &Path,
        payload: PutPayload,
        options: PutOptions,
    ) -> Result<PutResult> {
        self.take()?;
        let put = self.inner.put_opts(location, payload, options).await?;
        if self.lost.is_some_and(|lost| location.as_ref() == lost) {
            let path = location.to_string();
            return Err(object_store::Error::AlreadyExists { path, source: "again".into() });
        }
        Ok(put)
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        options: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.take()?;
        self.inner.put_multipart_opts(location, options).await
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
        self.take()?;
        self.inner.copy_opts(from, to, options).await
    }
}

/// Collects one scope through a store that is full after so many writes; says how far it came.
async fn collect_until_full(inner: &Arc<InMemory>, writes: usize) -> census_error::Result<()> {
    let left = AtomicUsize::new(writes);
    collect_through(Faulty { inner: inner.clone(), left, lost: None }).await
}

async fn collect_through(faulty: Faulty) -> census_error::Result<()> {
    let store = Store::over(Arc::new(faulty)).await?;
    let run = crate::RunInfo::new(vec![], vec![], vec![]);
    let recorder = store.recorder(census_directory::Directory::builtin(), run).await?;
    let (scope, items) =
        (inventory::scope(), inventory::items(&[("a", "1"), ("b", "2"), ("d", "1")]));
    recorder.rows(&scope, inventory::rows(&scope, &items)).await?;
    recorder.finish(&scope, inventory::report(Outcome::Complete, items.len(), 20)).await?;
    recorder.close(crate::RunOutcome::Finished).await?;
    Ok(())
}

#[tokio::test]
async fn a_crash_between_any_two_writes_loses_nothing_and_shows_no_half_scope() {
    let row = |key: &str, content: &str, from, to| (key.to_owned(), content.to_owned(), from, to);
    let before = [row("a", "1", 10, None), row("b", "1", 10, None), row("c", "1", 10, None)];
    let after = [
        row("a", "1", 10, None),
        row("b", "1", 10, Some(20)),
        row("b", "2", 20, None),
        row("c", "1", 10, Some(20)),
        row("d", "1", 20, None),
    ];
    let mut seen = (false, false);
    for writes in 0.. {
        let inner = Arc::new(InMemory::new());
        let store = Store::over(inner.clone()).await.unwrap();
        let first = inventory::items(&[("a", "1"), ("b", "1"), ("c", "1")]);
        inventory::collect(&store, &first, Outcome::Complete, 10).await;

        let collected = collect_until_full(&inner, writes).await;
        let reopened = Store::over(inner.clone()).await.unwrap();
        let versions = inventory::versions(&reopened).await;
        let coverage = reopened.coverage(&[]).await.unwrap();
        let landed = versions == after;
        assert!(landed || versions == before, "after {writes} writes: {versions:?}");
        assert!(
            landed || coverage[0].data_as_of == Some(inventory::time(9)),
            "coverage is fresher than its rows"
        );
        seen = (seen.0 || !landed, seen.1 || landed);
        match collected {
            Ok(()) => break,
            Err(error) => {
                assert_eq!(error.sqlstate(), census_error::SqlState::DiskFull, "{error:?}");
            }
        }
        let again = inventory::items(&[("a", "1"), ("b", "2"), ("d", "1")]);
        inventory::collect(&reopened, &again, Outcome::Complete, 30).await;
        assert_eq!(inventory::present(&reopened).await, again);
    }
    assert_eq!(seen, (true, true), "both states were met");
}

#[tokio::test]
async fn a_commit_whose_answer_got_lost_keeps_its_files() {
    let inner = Arc::new(InMemory::new());
    let store = Store::over(inner.clone()).await.unwrap();
    let first = inventory::items(&[("a", "1"), ("b", "1"), ("c", "1")]);
    inventory::collect(&store, &first, Outcome::Complete, 10).await;
    let lost = "aws/apigatewayv2_integrationresponse/_delta_log/00000000000000000002.json";
    let left = AtomicUsize::new(usize::MAX);
    collect_through(Faulty { inner: inner.clone(), left, lost: Some(lost) }).await.unwrap();
    let after = inventory::items(&[("a", "1"), ("b", "2"), ("d", "1")]);
    assert_eq!(inventory::present(&store).await, after);
    assert_eq!(inventory::versions(&store).await.len(), 5);
}
