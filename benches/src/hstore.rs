//! Serves `benches/hstore.py`: a store of integration responses, and statements asked of it in process.
//!
//! `bench-hstore FOLDER ROWS` fills a new store, then reads statements, one a line, and answers each with a line of
//! JSON: `milliseconds` from text to last row, and `rows` as texts. `\copy FILE` writes all rows as CSV for PostgreSQL.

mod generated_rows;

use anyhow::Context;
use census_directory::Directory;
use census_directory::scope::{Outcome, ScopeReport};
use census_engine::{Engine, Session};
use census_store::{RunInfo, RunOutcome, Store};
use census_types::TextFormatter;
use chrono::Utc;
use clap::Parser;
use datafusion::arrow::datatypes::SchemaRef;
use datafusion::arrow::record_batch::RecordBatch;
use futures::StreamExt;
use serde_json::json;
use std::io::{BufRead, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Fills a store and answers statements on standard input.
#[derive(Debug, Parser)]
struct Arguments {
    /// The folder of the store; it must not hold anything yet.
    folder: PathBuf,
    /// How many rows it has.
    #[arg(default_value_t = 1_000_000)]
    rows: usize,
    /// How many threads answer.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(arguments.threads)
        .enable_all()
        .build()?;
    let session = runtime.block_on(open(&arguments.folder, arguments.rows))?;
    reply(&json!({ "rows": arguments.rows }))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answered = match line.strip_prefix(r"\copy ") {
            Some(file) => runtime.block_on(copy(&session, Path::new(file))),
            None => runtime.block_on(measure(&session, &line)),
        };
        reply(&answered.unwrap_or_else(|error| json!({ "error": format!("{error:#}") })))?;
    }
    Ok(())
}

fn reply(value: &serde_json::Value) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{value}")?;
    Ok(stdout.flush()?)
}

async fn open(folder: &Path, rows: usize) -> anyhow::Result<Session> {
    let location = folder.to_str().context("the folder's name is no UTF-8")?;
    let directory = Arc::new(Directory::builtin().clone());
    let store = Store::open_or_create(location).await?;
    let recorder = store.recorder(&directory, RunInfo::new(vec![], vec![], vec![])).await?;
    let dataset = directory.dataset(generated_rows::DATASET)?;
    for scope_rows in generated_rows::scopes(dataset, rows) {
        let generated_rows::ScopeRows { scope, rows } = scope_rows?;
        let report = report(rows.num_rows());
        recorder.rows(&scope, rows).await?;
        recorder.finish(&scope, report).await?;
    }
    recorder.close(RunOutcome::Finished).await?;
    Ok(Engine::new(Arc::new(store), directory).session())
}

fn report(rows: usize) -> ScopeReport {
    ScopeReport {
        outcome: Outcome::Complete,
        error_code: None,
        error_message: None,
        rows: rows as u64,
        calls: 1,
        throttles: 0,
        started_at: Utc::now(),
        finished_at: Utc::now(),
        unread: Vec::new(),
    }
}

async fn measure(session: &Session, statement: &str) -> anyhow::Result<serde_json::Value> {
    let started = Instant::now();
    let mut answer = session.query(statement).await?;
    let mut batches = Vec::new();
    while let Some(batch) = answer.rows.next().await {
        batches.push(batch?);
    }
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    let mut rows = Vec::new();
    for batch in &batches {
        rows.extend(texts(&answer.schema, batch)?);
    }
    Ok(json!({ "milliseconds": milliseconds, "rows": rows }))
}

fn texts(schema: &SchemaRef, batch: &RecordBatch) -> anyhow::Result<Vec<Vec<Option<String>>>> {
    let formatters = schema.fields().iter().zip(batch.columns());
    let formatters = formatters
        .map(|(field, column)| Ok(TextFormatter::new(field, column.as_ref())?))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let text = |formatter: &TextFormatter<'_>, row| {
        let mut text = String::new();
        formatter.write(row, &mut text).then_some(text)
    };
    let row = |row| formatters.iter().map(|formatter| text(formatter, row)).collect();
    Ok((0..batch.num_rows()).map(row).collect())
}

/// Writes every row as CSV: texts in quotes, NULL as nothing.
async fn copy(session: &Session, file: &Path) -> anyhow::Result<serde_json::Value> {
    let mut file = BufWriter::new(std::fs::File::create(file)?);
    let statement = format!("SELECT * FROM {}", generated_rows::DATASET);
    let mut answer = session.query(&statement).await?;
    let mut copied = 0_usize;
    while let Some(batch) = answer.rows.next().await {
        for row in texts(&answer.schema, &batch?)? {
            let cells = row.iter().map(|cell| match cell {
                Some(text) => format!("\"{}\"", text.replace('"', "\"\"")),
                None => String::new(),
            });
            writeln!(file, "{}", cells.collect::<Vec<_>>().join(","))?;
            copied += 1;
        }
    }
    file.flush()?;
    Ok(json!({ "rows": copied }))
}
