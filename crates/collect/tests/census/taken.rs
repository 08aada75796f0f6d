//! Takes a census of the small account into a store, and reads what the store holds.

use crate::rule::Rows;
use crate::small::{KEY, PAGE, REGION};
use async_trait::async_trait;
use census_collect::{
    AccountSource, CollectOptions, Collector, NoProgress, RegionSelection, RetryPolicy, RunReport,
    Sink, StaticCredentials,
};
use census_directory::Directory;
use census_directory::scope::{Scope, ScopeReport};
use census_sandbox::{Inventory, Sandbox, SandboxOptions};
use census_store::{Recorder, RunInfo, RunOutcome, Store};
use census_types::format_value;
use datafusion::arrow::array::RecordBatch;
use datafusion::prelude::SessionContext;
use std::sync::Arc;
use std::time::Duration;

pub async fn sandbox(inventory: Inventory) -> Sandbox {
    Sandbox::start(SandboxOptions::new(inventory).quota(None).page_limit(PAGE)).await.unwrap()
}

/// Returns options that wait for nothing longer than a few milliseconds.
pub fn options(sandbox: &Sandbox) -> CollectOptions {
    CollectOptions {
        accounts: vec![AccountSource::Static(StaticCredentials {
            access_key_id: KEY.0.to_owned(),
            secret_access_key: KEY.1.to_owned(),
            session_token: None,
        })],
        regions: RegionSelection::Listed(vec![REGION.to_owned()]),
        quota: None,
        retry: RetryPolicy {
            attempts: 2,
            connect_attempts: 2,
            throttle_attempts: 2,
            attempt_timeout: Duration::from_secs(5),
            base_delay: Duration::from_micros(10),
            max_delay: Duration::from_micros(20),
            ..RetryPolicy::default()
        },
        endpoint_url: Some(sandbox.url()),
        ..CollectOptions::default()
    }
}

/// Hands what is read to a recorder.
pub struct Recording(pub Recorder);

#[async_trait]
impl Sink for Recording {
    async fn plan(&self, scopes: &[Scope]) -> census_error::Result<()> {
        self.0.plan(scopes).await
    }

    async fn rows(&self, scope: &Scope, rows: RecordBatch) -> census_error::Result<()> {
        self.0.rows(scope, rows).await
    }

    async fn finish(&self, scope: &Scope, report: ScopeReport) -> census_error::Result<()> {
        self.0.finish(scope, report).await
    }
}

pub async fn recorder(store: &Store) -> Recorder {
    let run = RunInfo::new(Vec::new(), Vec::new(), Vec::new());
    store.recorder(Directory::builtin(), run).await.unwrap()
}

/// Takes a census that ends; what AWS refused is in its report.
pub async fn take(store: &Store, options: CollectOptions) -> RunReport {
    let recording = Arc::new(Recording(recorder(store).await));
    let collector = Collector::new(options, Arc::new(Directory::builtin().clone())).unwrap();
    let sink: Arc<dyn Sink> = Arc::clone(&recording) as _;
    let report = collector.run(sink, Arc::new(NoProgress)).await.unwrap();
    recording.0.close(RunOutcome::Finished).await.unwrap();
    report
}

/// Returns the rows that a faultless census of an inventory finds.
pub async fn found(inventory: &Inventory) -> Rows {
    let sandbox = sandbox(inventory.clone()).await;
    let store = Store::open_or_create("memory:").await.unwrap();
    let report = take(&store, options(&sandbox)).await;
    assert!(report.is_complete(), "{report:?}");
    rows(&store).await
}

/// Returns all present rows of a store.
pub async fn rows(store: &Store) -> Rows {
    let mut rows = Rows::new();
    for dataset in Directory::builtin().datasets() {
        let session = SessionContext::new();
        store.register(&session.runtime_env());
        let table = store.present(dataset).await.unwrap();
        let schema = dataset.schema();
        for batch in session.read_table(table).unwrap().collect().await.unwrap() {
            for row in 0..batch.num_rows() {
                let mut texts = Vec::new();
                for (column, field) in batch.columns().iter().zip(schema.fields()) {
                    let mut text = String::new();
                    format_value(column, field, row, &mut text).unwrap();
                    texts.push(text);
                }
                let name = (dataset.id.clone(), texts[0].clone());
                let before = rows.insert(name, texts.join("|"));
                assert!(before.is_none(), "a row is there twice: {before:?}");
            }
        }
    }
    rows
}
