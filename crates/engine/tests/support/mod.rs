//! A store in memory with a few rows, and a session on it.

// Every test file takes what it needs of this module, and a fixture that fails is a failed test.
#![allow(dead_code, clippy::unwrap_used)]

use census_dialect::functions::parse_hstores;
use census_directory::Directory;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use census_engine::{Answer, Completeness, Engine, Session};
use census_error::Error;
use census_store::{RunInfo, RunOutcome, Store};
use census_types::TextFormatter;
use chrono::{DateTime, Utc};
use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray, new_null_array};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::DataType;
use futures::StreamExt;
use std::sync::Arc;

/// Column names, then rows; a column that is not named is NULL.
pub type Rows = (&'static [&'static str], &'static [&'static [Option<&'static str>]]);

pub const APIS: Rows = (
    &[
        "_key",
        "account_id",
        "api_id",
        "name",
        "protocol_type",
        "created_date",
        "disable_execute_api_endpoint",
        "cors_configuration",
        "tags",
    ],
    &[
        &[
            Some("k-a1"),
            Some("111122223333"),
            Some("a1"),
            Some("orders"),
            Some("WEBSOCKET"),
            Some("2026-01-02 03:04:05"),
            Some("false"),
            Some("{\"allowOrigins\":[\"*\"]}"),
            Some("region=>eu-west-1, team=>shop"),
        ],
        &[
            Some("k-a2"),
            Some("111122223333"),
            Some("a2"),
            Some("billing"),
            Some("HTTP"),
            Some("2026-02-03 00:00:00.5"),
            Some("true"),
            None,
            Some("region=>eu-west-1, team=>\"money, please\""),
        ],
    ],
);

const RESPONSES: Rows = (
    &[
        "_key",
        "account_id",
        "integration_response_id",
        "response_parameters",
        "response_templates",
        "tags",
    ],
    &[
        &[
            Some("k-r1"),
            Some("111122223333"),
            Some("r1"),
            Some("method.response.header.X=>\"integration.response.header.x\""),
            Some(""),
            Some("region=>eu-west-1, api_id=>a1"),
        ],
        &[
            Some("k-r2"),
            Some("111122223333"),
            Some("r2"),
            Some("method.response.header.X=>\"integration.response.header.x\""),
            Some("application/json=>{}"),
            Some("region=>eu-west-1, api_id=>a1"),
        ],
        &[
            Some("k-r3"),
            Some("111122223333"),
            Some("r3"),
            None,
            None,
            Some("region=>eu-west-1, api_id=>a1"),
        ],
    ],
);

/// A scope of the account of these tests, and how an attempt at it ended.
pub type Attempt = (&'static str, &'static str, Option<Rows>, Outcome);

const ATTEMPTS: [Attempt; 6] = [
    ("aws.apigatewayv2_api", "eu-west-1", Some(APIS), Outcome::Complete),
    ("aws.apigatewayv2_integrationresponse", "eu-west-1", Some(RESPONSES), Outcome::Complete),
    ("aws.apigatewayv2_api", "us-east-1", None, Outcome::Complete),
    ("aws.apigatewayv2_integrationresponse", "us-east-1", None, Outcome::Complete),
    ("aws.apigatewayv2_integration", "eu-west-1", None, Outcome::Complete),
    ("aws.apigatewayv2_integration", "us-east-1", None, Outcome::Denied),
];

/// Returns a session on a store with two APIs and three integration responses of one account and region; another
/// region has none, and its integrations could not be read.
pub async fn session() -> Session {
    session_after(&[&ATTEMPTS]).await
}

/// Returns the same session after a further census.
pub async fn session_with(further: &[Attempt]) -> Session {
    session_after(&[&ATTEMPTS, further]).await
}

/// Returns a session on a store after these censuses.
pub async fn session_after(censuses: &[&[Attempt]]) -> Session {
    let store = Store::open_or_create("memory:").await.unwrap();
    let directory = Arc::new(Directory::builtin().clone());
    for attempts in censuses {
        take(&store, &directory, attempts).await;
    }
    Engine::new(Arc::new(store), directory).session()
}

async fn take(store: &Store, directory: &Directory, attempts: &[Attempt]) {
    let run = RunInfo::new(vec!["111122223333".to_owned()], Vec::new(), Vec::new());
    let recorder = store.recorder(directory, run).await.unwrap();
    for (dataset, region, rows, outcome) in attempts {
        let scope = Scope {
            account_id: "111122223333".to_owned(),
            region: (*region).to_owned(),
            dataset: (*dataset).to_owned(),
        };
        let count = rows.map_or(0, |(_, rows)| rows.len());
        if let Some(rows) = *rows {
            let batch = batch(directory, dataset, rows);
            recorder.rows(&scope, batch).await.unwrap();
        }
        let rows = u64::try_from(count).unwrap();
        recorder.finish(&scope, ScopeReport { rows, ..report(*outcome) }).await.unwrap();
    }
    recorder.close(RunOutcome::Finished).await.unwrap();
}

/// Returns a session on a store in which nothing was ever collected.
pub async fn empty_session() -> Session {
    let store = Store::open_or_create("memory:").await.unwrap();
    Engine::new(Arc::new(store), Arc::new(Directory::builtin().clone())).session()
}

/// Returns how an attempt went.
pub fn report(outcome: Outcome) -> ScopeReport {
    let time: DateTime<Utc> = "2026-11-22T19:40:12Z".parse().unwrap();
    let denied = outcome == Outcome::Denied;
    ScopeReport {
        outcome,
        error_code: denied.then(|| "AccessDeniedException".to_owned()),
        error_message: None,
        rows: 0,
        calls: 1,
        throttles: 0,
        started_at: time,
        finished_at: time,
        unread: Vec::new(),
    }
}

/// Returns rows in the columns of a dataset.
pub fn batch(directory: &Directory, dataset: &str, rows: Rows) -> RecordBatch {
    filled(directory, dataset, rows, None)
}

/// Returns rows of an account, which they do not name, in the columns of a dataset.
pub fn batch_of_account(
    directory: &Directory,
    dataset: &str,
    rows: Rows,
    account_id: &str,
) -> RecordBatch {
    filled(directory, dataset, rows, Some(account_id))
}

fn filled(
    directory: &Directory,
    dataset: &str,
    (columns, rows): Rows,
    account_id: Option<&str>,
) -> RecordBatch {
    let schema = directory.dataset(dataset).unwrap().schema();
    let arrays = schema.fields().iter().map(|field| {
        if let (Some(account_id), "account_id") = (account_id, field.name().as_str()) {
            return Arc::new(StringArray::from(vec![account_id; rows.len()])) as ArrayRef;
        }
        let Some(index) = columns.iter().position(|column| column == field.name()) else {
            return new_null_array(field.data_type(), rows.len());
        };
        let texts: StringArray = rows.iter().map(|row| row[index]).collect();
        match field.data_type() {
            DataType::Map(..) => Arc::new(parse_hstores(&texts).unwrap()) as ArrayRef,
            data_type => cast(&texts, data_type).unwrap(),
        }
    });
    RecordBatch::try_new(Arc::clone(&schema), arrays.collect()).unwrap()
}

/// Returns how complete the answer to a statement is.
pub async fn completeness(session: &Session, sql: &str) -> Completeness {
    session.query(sql).await.unwrap().completeness
}

/// Runs a statement and returns its rows as text, NULL as `NULL`.
pub async fn texts(session: &Session, sql: &str) -> Result<Vec<Vec<String>>, Error> {
    let Answer { schema, mut rows, .. } = session.query(sql).await?;
    let mut texts = Vec::new();
    while let Some(batch) = rows.next().await {
        let batch = batch?;
        let formatters: Vec<TextFormatter<'_>> = schema
            .fields()
            .iter()
            .zip(batch.columns())
            .map(|(field, column)| TextFormatter::new(field, column.as_ref()).unwrap())
            .collect();
        for row in 0..batch.num_rows() {
            texts.push(formatters.iter().map(|formatter| cell(formatter, row)).collect());
        }
    }
    Ok(texts)
}

fn cell(formatter: &TextFormatter<'_>, row: usize) -> String {
    let mut text = String::new();
    if formatter.write(row, &mut text) { text } else { "NULL".to_owned() }
}
