//! All findings over a million integration responses: seconds from statement to last row.
//!
//! `bench-findings [RESPONSES]` makes a store of its own, half of whose templates and keys are faulty in some way, and
//! prints one line; it asserts nothing, since a machine may be slow.

use anyhow::Context;
use census_directory::Directory;
use census_directory::scope::{Outcome, Scope, ScopeReport};
use census_engine::Engine;
use census_store::{Recorder, RunInfo, RunOutcome, Store};
use census_types::hstore::HstoreBuilder;
use clap::Parser;
use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatch, StringArray, new_null_array};
use datafusion::arrow::datatypes::Int64Type;
use futures::StreamExt;
use std::sync::Arc;
use std::time::Instant;

const ACCOUNT: &str = "111122223333";
const REGION: &str = "eu-west-1";
/// As many as AWS allows by default.
const INTEGRATIONS_OF_AN_API: usize = 300;
const RESPONSES_OF_AN_INTEGRATION: usize = 5;
const ROWS_OF_A_BATCH: usize = 8192;

/// Measures the check of a whole inventory.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many integration responses there are
    #[arg(default_value_t = 1_000_000)]
    responses: usize,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let responses = Arguments::parse().responses;
    let folder = tempfile::tempdir()?;
    let location = folder.path().to_str().context("the folder's name is text")?;
    let store = Store::open_or_create(location).await?;
    let directory = Arc::new(Directory::builtin().clone());
    fill(&store, &directory, responses).await?;
    let session = Engine::new(Arc::new(store), directory).session();
    let started = Instant::now();
    let sql = "SELECT count(*) FROM census.findings WHERE message <> ''";
    let mut rows = session.query(sql).await?.rows;
    let mut count = 0;
    while let Some(batch) = rows.next().await {
        count += batch?.column(0).as_primitive::<Int64Type>().value(0);
    }
    println!(
        "{count} findings over {responses} integration responses in {:.2} s",
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

async fn fill(store: &Store, directory: &Directory, responses: usize) -> anyhow::Result<()> {
    let run = RunInfo::new(vec![ACCOUNT.to_owned()], Vec::new(), Vec::new());
    let recorder = store.recorder(directory, run).await?;
    let integrations = responses.div_ceil(RESPONSES_OF_AN_INTEGRATION);
    let apis = integrations.div_ceil(INTEGRATIONS_OF_AN_API);
    record(&recorder, directory, "aws.apigatewayv2_api", apis, api).await?;
    record(&recorder, directory, "aws.apigatewayv2_integration", integrations, integration).await?;
    record(&recorder, directory, "aws.apigatewayv2_integrationresponse", responses, response)
        .await?;
    recorder.close(RunOutcome::Finished).await?;
    Ok(())
}

/// A value of a row: a text, or an hstore.
enum Value {
    Text(String),
    Hstore(Vec<(String, String)>),
}

type Row = Vec<(&'static str, Value)>;

async fn record(
    recorder: &Recorder,
    directory: &Directory,
    dataset: &str,
    count: usize,
    row: fn(usize) -> Row,
) -> anyhow::Result<()> {
    let schema = directory.dataset(dataset).map_err(census_error::Error::from)?.schema();
    let scope = Scope {
        account_id: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        dataset: dataset.to_owned(),
    };
    for first in (0..count).step_by(ROWS_OF_A_BATCH) {
        let rows: Vec<Row> = (first..count.min(first + ROWS_OF_A_BATCH)).map(row).collect();
        let columns = schema.fields().iter().map(|field| {
            column(&rows, field.name(), || new_null_array(field.data_type(), rows.len()))
        });
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns.collect())?;
        recorder.rows(&scope, batch).await?;
    }
    let now = chrono::Utc::now();
    let report = ScopeReport {
        outcome: Outcome::Complete,
        error_code: None,
        error_message: None,
        rows: count as u64,
        calls: 1,
        throttles: 0,
        started_at: now,
        finished_at: now,
        unread: Vec::new(),
    };
    recorder.finish(&scope, report).await?;
    Ok(())
}

fn column(rows: &[Row], name: &str, absent: impl Fn() -> ArrayRef) -> ArrayRef {
    let values: Vec<Option<&Value>> = rows
        .iter()
        .map(|row| row.iter().find(|(column, _)| *column == name).map(|(_, value)| value))
        .collect();
    match values.first() {
        Some(Some(Value::Text(_))) => {
            let texts = values.iter().map(|value| match value {
                Some(Value::Text(text)) => Some(text.as_str()),
                _ => None,
            });
            Arc::new(texts.collect::<StringArray>())
        }
        Some(Some(Value::Hstore(_))) => {
            let mut builder = HstoreBuilder::new();
            for value in values {
                match value {
                    Some(Value::Hstore(entries)) => builder.append(
                        entries.iter().map(|(key, value)| (key.as_str(), Some(value.as_str()))),
                    ),
                    _ => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
        _ => absent(),
    }
}

fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

fn pairs<const N: usize>(pairs: [(&str, String); N]) -> Value {
    Value::Hstore(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn api_arn(api: usize) -> String {
    format!("arn:aws:apigateway:{REGION}::/apis/a{api:07}")
}

fn integration_arn(integration: usize) -> String {
    let api = api_arn(integration / INTEGRATIONS_OF_AN_API);
    format!("{api}/integrations/i{integration:07}")
}

fn api(number: usize) -> Row {
    vec![
        ("_key", text(api_arn(number))),
        ("account_id", text(ACCOUNT)),
        ("api_id", text(format!("a{number:07}"))),
        ("name", text(format!("api {number}"))),
        ("protocol_type", text("WEBSOCKET")),
        ("tags", pairs([("region", REGION.to_owned())])),
    ]
}

fn integration(number: usize) -> Row {
    let function = format!(
        "arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:{REGION}:{ACCOUNT}:function:f{number}/invocations"
    );
    let is_http = number.is_multiple_of(2);
    vec![
        ("_key", text(integration_arn(number))),
        ("account_id", text(ACCOUNT)),
        ("integration_id", text(format!("i{number:07}"))),
        ("integration_type", text(if is_http { "HTTP" } else { "AWS" })),
        (
            "integration_uri",
            text(if is_http { "https://example.com".to_owned() } else { function }),
        ),
        ("tags", pairs([("region", REGION.to_owned())])),
    ]
}

fn response(number: usize) -> Row {
    let integration = number / RESPONSES_OF_AN_INTEGRATION;
    let key = ["$default", "/2\\d\\d/", "/4\\d\\d/", "/.*[Nn]ot found.*/", "/(?s).*timed out.*/"]
        [number % RESPONSES_OF_AN_INTEGRATION];
    let source = [
        "integration.response.header.X-Request-Id",
        "'no-store'",
        "integration.response.body.$.id",
    ][number % 3];
    // Every template is another one, as they are over many teams.
    let template = format!(
        "#set($root = $input.path('$'))\n{{\"type\": \"order-{number}\", \"connection\": \"$context.connectionId\", \
         \"items\": [#foreach($item in $root.items){{\"id\": \"$item.id\", \"count\": $item.count}}\
         #if($foreach.hasNext),#end#end], \"error\": $input.json('$.error'), \"raw\": \"$input.path('$.raw')\"}}"
    );
    vec![
        (
            "_key",
            text(format!("{}/integrationresponses/r{number:08}", integration_arn(integration))),
        ),
        ("account_id", text(ACCOUNT)),
        ("integration_response_id", text(format!("r{number:08}"))),
        (
            "response_parameters",
            pairs([
                ("method.response.header.X-Request-Id", source.to_owned()),
                ("method.response.header.Cache-Control", "'no-cache'".to_owned()),
            ]),
        ),
        ("response_templates", pairs([("$default", template)])),
        (
            "tags",
            pairs([
                ("api_id", format!("a{:07}", integration / INTEGRATIONS_OF_AN_API)),
                ("integration_id", format!("i{integration:07}")),
                ("integration_response_key", key.to_owned()),
                ("region", REGION.to_owned()),
            ]),
        ),
        ("template_selection_expression", text("\\$default")),
    ]
}
