//! Builds rows of an integration response and reads them back, for the tests of the store.

#![allow(clippy::unwrap_used, reason = "what surrounds an assertion may panic in a test")]
#![allow(dead_code, reason = "each test uses its own part")]

use census_directory::scope::{Outcome, Scope, ScopeReport};
use census_directory::{Dataset, Directory};
use census_store::{Recorder, RunInfo, RunOutcome, RunSummary, Store};
use census_types::hstore::HstoreBuilder;
use chrono::{DateTime, Utc};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, StringArray};
use datafusion::arrow::datatypes::TimestampMicrosecondType;
use datafusion::catalog::TableProvider;
use datafusion::prelude::SessionContext;
use std::sync::Arc;

pub const DATASET: &str = "aws.apigatewayv2_integrationresponse";
pub const ACCOUNT: &str = "111122223333";
pub const REGION: &str = "eu-west-1";

pub fn dataset() -> &'static Dataset {
    Directory::builtin().dataset(DATASET).unwrap()
}

pub fn scope_of(account_id: &str, region: &str) -> Scope {
    Scope { account_id: account_id.into(), region: region.into(), dataset: DATASET.into() }
}

pub fn scope() -> Scope {
    scope_of(ACCOUNT, REGION)
}

/// Rows of a scope: each a key and what it holds.
pub fn rows(scope: &Scope, items: &[(String, String)]) -> RecordBatch {
    rows_of(dataset(), scope, items)
}

/// Rows of a dataset that may have other columns than the built-in one: these hold the key.
pub fn rows_of(dataset: &Dataset, scope: &Scope, items: &[(String, String)]) -> RecordBatch {
    let schema = dataset.schema();
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| -> ArrayRef {
            let texts = |value: &dyn Fn(&(String, String)) -> Option<String>| -> ArrayRef {
                Arc::new(items.iter().map(value).collect::<StringArray>())
            };
            match field.name().as_str() {
                "_key" => texts(&|item| Some(item.0.clone())),
                "account_id" => texts(&|_| Some(scope.account_id.clone())),
                "template_selection_expression" => texts(&|item| Some(item.1.clone())),
                "tags" => {
                    let mut tags = HstoreBuilder::new();
                    for (key, _) in items {
                        tags.append([
                            ("region", Some(scope.region.as_str())),
                            ("api_id", Some("a1,a2")),
                            ("integration_response_key", Some(key.as_str())),
                        ]);
                    }
                    Arc::new(tags.finish())
                }
                "response_parameters" => {
                    let mut parameters = HstoreBuilder::new();
                    for (_, value) in items {
                        parameters.append([("method.response.header.x", Some(value.as_str()))]);
                    }
                    Arc::new(parameters.finish())
                }
                "response_templates" => {
                    let mut templates = HstoreBuilder::new();
                    for _ in items {
                        templates.append_null();
                    }
                    Arc::new(templates.finish())
                }
                "content_handling_strategy" | "integration_response_id" => texts(&|_| None),
                _ => texts(&|item| Some(item.0.clone())),
            }
        })
        .collect();
    RecordBatch::try_new(schema, columns).unwrap()
}

pub fn items(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

pub fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

pub fn report(outcome: Outcome, rows: usize, seconds: i64) -> ScopeReport {
    let failed = outcome != Outcome::Complete;
    ScopeReport {
        outcome,
        error_code: failed.then(|| "AccessDeniedException".to_owned()),
        error_message: failed.then(|| "no".to_owned()),
        rows: rows as u64,
        calls: 1,
        throttles: 0,
        started_at: time(seconds - 1),
        finished_at: time(seconds),
        unread: Vec::new(),
    }
}

pub async fn recorder(store: &Store) -> Recorder {
    let run = RunInfo::new(vec![ACCOUNT.into()], vec![REGION.into()], vec![DATASET.into()]);
    store.recorder(Directory::builtin(), run).await.unwrap()
}

/// Takes a whole census of one scope.
pub async fn collect(
    store: &Store,
    items: &[(String, String)],
    outcome: Outcome,
    seconds: i64,
) -> RunSummary {
    collect_in(store, &scope(), items, outcome, seconds).await
}

/// Takes a whole census of a given scope.
pub async fn collect_in(
    store: &Store,
    scope: &Scope,
    items: &[(String, String)],
    outcome: Outcome,
    seconds: i64,
) -> RunSummary {
    let recorder = recorder(store).await;
    recorder.rows(scope, rows(scope, items)).await.unwrap();
    recorder.finish(scope, report(outcome, items.len(), seconds)).await.unwrap();
    recorder.close(RunOutcome::Finished).await.unwrap()
}

/// Returns an answer as a table of text.
pub fn text(answer: &[RecordBatch]) -> String {
    datafusion::arrow::util::pretty::pretty_format_batches(answer).unwrap().to_string()
}

/// Returns all files below a folder, sorted.
pub fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

pub fn session(store: &Store) -> SessionContext {
    let session = SessionContext::new();
    store.register(&session.runtime_env());
    session
}

/// Runs SQL over a table named `t`.
pub async fn query(store: &Store, table: Arc<dyn TableProvider>, sql: &str) -> Vec<RecordBatch> {
    let session = session(store);
    session.register_table("t", table).unwrap();
    session.sql(sql).await.unwrap().collect().await.unwrap()
}

/// A version: key, what it holds, seconds of begin and end.
pub type Version = (String, String, i64, Option<i64>);

/// Returns all versions, sorted.
pub async fn versions(store: &Store) -> Vec<Version> {
    let sql = "SELECT _key, template_selection_expression, _valid_from, _valid_to FROM t";
    let mut found = Vec::new();
    for batch in query(store, store.versions(dataset()).await.unwrap(), sql).await {
        let from = batch.column(2).as_primitive::<TimestampMicrosecondType>();
        let to = batch.column(3).as_primitive::<TimestampMicrosecondType>();
        let seconds = |micros: i64| micros / 1_000_000 - 1_700_000_000;
        for row in 0..batch.num_rows() {
            found.push((
                batch.column(0).as_string::<i32>().value(row).to_owned(),
                batch.column(1).as_string::<i32>().value(row).to_owned(),
                seconds(from.value(row)),
                to.is_valid(row).then(|| seconds(to.value(row))),
            ));
        }
    }
    found.sort();
    found
}

/// Returns the keys and contents that are present, sorted.
pub async fn present(store: &Store) -> Vec<(String, String)> {
    let sql = "SELECT _key, template_selection_expression FROM t ORDER BY 1, 2";
    let mut found = Vec::new();
    for batch in query(store, store.present(dataset()).await.unwrap(), sql).await {
        for row in 0..batch.num_rows() {
            let text =
                |column: usize| batch.column(column).as_string::<i32>().value(row).to_owned();
            found.push((text(0), text(1)));
        }
    }
    found
}
