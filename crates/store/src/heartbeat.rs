//! Signs of life: a run renews a file while it goes on, so that one that was killed can be told from it.

use crate::staging::{FOLDER, delete};
use crate::store::Store;
use chrono::{DateTime, TimeDelta, Utc};
use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// How its file's name ends, after the run's id.
const SUFFIX: &str = ".alive";
/// How often it is written.
const EVERY: Duration = Duration::from_secs(30);
/// A run that has not written it for so long has broken off, or sleeps with its machine.
const SILENCE: TimeDelta = TimeDelta::minutes(5);

/// The signs of one run, given until it is dropped.
#[derive(Debug)]
pub(crate) struct Heartbeat {
    store: Arc<dyn ObjectStore>,
    file: Path,
    beating: JoinHandle<()>,
}

impl Heartbeat {
    /// Gives the first sign, and then others.
    pub(crate) async fn start(store: &Store, run_id: &str) -> Self {
        let file = Path::from(format!("{FOLDER}/{run_id}{SUFFIX}"));
        let store = Arc::clone(store.root());
        beat(&store, &file).await;
        let (to, sign) = (Arc::clone(&store), file.clone());
        let beating = tokio::spawn(async move {
            loop {
                tokio::time::sleep(EVERY).await;
                beat(&to, &sign).await;
            }
        });
        Self { store, file, beating }
    }

    /// Ends the signs of a run whose end is recorded.
    pub(crate) async fn end(&self) {
        self.beating.abort();
        delete(&self.store, &self.file).await;
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        self.beating.abort();
    }
}

/// A store that takes no sign takes no rows either, which the run will say.
async fn beat(store: &Arc<dyn ObjectStore>, file: &Path) {
    if let Err(error) = store.put(file, PutPayload::new()).await {
        tracing::debug!(%file, %error, "a sign of life could not be written");
    }
}

/// When runs last gave a sign; those that ended are not among them.
#[derive(Debug)]
pub(crate) struct Signs(HashMap<String, DateTime<Utc>>);

impl Signs {
    /// Reads the signs of all runs.
    pub(crate) async fn read(store: &Store) -> object_store::Result<Self> {
        let files: Vec<_> = store.root().list(Some(&Path::from(FOLDER))).try_collect().await?;
        Ok(Self::of(&files))
    }

    /// Finds the signs among the files of the staging folder.
    pub(crate) fn of(files: &[ObjectMeta]) -> Self {
        let sign = |file: &ObjectMeta| {
            let run_id = file.location.filename()?.strip_suffix(SUFFIX)?;
            Some((run_id.to_owned(), file.last_modified))
        };
        Self(files.iter().filter_map(sign).collect())
    }

    /// Returns when a run gave its last sign.
    pub(crate) fn last(&self, run_id: &str) -> Option<DateTime<Utc>> {
        self.0.get(run_id).copied()
    }

    /// Tells whether a run that began at a time may still be going on.
    pub(crate) fn may_go_on(&self, run_id: &str, started_at: Option<DateTime<Utc>>) -> bool {
        let heard = self.last(run_id).or(started_at);
        heard.is_some_and(|heard| Utc::now() - heard < SILENCE)
    }
}
