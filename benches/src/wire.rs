//! A client for `benches/wire.py`: asks a server over PostgreSQL's protocol, and answers with a line of JSON.

use anyhow::Context;
use clap::{Parser, Subcommand};
use futures::{StreamExt, TryStreamExt};
use serde_json::json;
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio_postgres::{Client, NoTls};

/// Asks a server and tells how long that took.
#[derive(Debug, Parser)]
struct Arguments {
    /// Where the server is: `host=127.0.0.1 port=5433 user=anna dbname=census`.
    address: String,
    #[command(subcommand)]
    measure: Measure,
}

/// What is measured.
#[derive(Debug, Subcommand)]
enum Measure {
    /// All rows of a statement, as they come.
    Rows { sql: String },
    /// All rows of a statement, so many from a portal at a time.
    Portal { sql: String, limit: i32 },
    /// All bytes of COPY.
    Copy { sql: String },
    /// A prepared statement, once a round over one connection.
    Latency { sql: String, rounds: usize },
    /// A prepared statement over many connections at once, while others stand idle.
    Connections { sql: String, idle: usize, busy: usize, rounds: usize },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Arguments { address, measure } = Arguments::parse();
    let started = Instant::now();
    let measured = match measure {
        Measure::Rows { sql } => rows(&connect(&address).await?, &sql).await,
        Measure::Portal { sql, limit } => portal(connect(&address).await?, &sql, limit).await,
        Measure::Copy { sql } => copy(&connect(&address).await?, &sql).await,
        Measure::Latency { sql, rounds } => {
            Ok(quantiles(times(&connect(&address).await?, &sql, rounds).await?))
        }
        Measure::Connections { sql, idle, busy, rounds } => {
            connections(&address, &sql, idle, busy, rounds).await
        }
    };
    let seconds = started.elapsed().as_secs_f64();
    let mut measured = measured?;
    measured["seconds"] = json!(seconds);
    println!("{measured}");
    Ok(())
}

async fn connect(address: &str) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
    // It ends with the client.
    tokio::spawn(connection);
    Ok(client)
}

async fn rows(client: &Client, sql: &str) -> anyhow::Result<serde_json::Value> {
    let statement = client.prepare(sql).await?;
    let mut rows = pin!(client.query_raw(&statement, Vec::<String>::new()).await?);
    let mut count = 0_usize;
    while let Some(row) = rows.next().await {
        row?;
        count += 1;
    }
    Ok(json!({ "rows": count }))
}

async fn portal(mut client: Client, sql: &str, limit: i32) -> anyhow::Result<serde_json::Value> {
    let transaction = client.transaction().await?;
    let portal = transaction.bind(sql, &[]).await?;
    let mut count = 0_usize;
    loop {
        let rows = transaction.query_portal(&portal, limit).await?;
        count += rows.len();
        if rows.is_empty() {
            return Ok(json!({ "rows": count }));
        }
    }
}

async fn copy(client: &Client, sql: &str) -> anyhow::Result<serde_json::Value> {
    let mut copied = pin!(client.copy_out(sql).await?);
    let (mut rows, mut bytes) = (0_usize, 0_usize);
    while let Some(piece) = copied.try_next().await? {
        // A row ends with its line, in text, and only there.
        rows += usize::from(piece.last() == Some(&b'\n'));
        bytes += piece.len();
    }
    Ok(json!({ "rows": rows, "bytes": bytes }))
}

/// Returns how long each round took.
async fn times(client: &Client, sql: &str, rounds: usize) -> anyhow::Result<Vec<Duration>> {
    let statement = client.prepare(sql).await?;
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let started = Instant::now();
        let rows = client.query(&statement, &[]).await?;
        times.push(started.elapsed());
        anyhow::ensure!(!rows.is_empty(), "{sql} gives no row");
    }
    Ok(times)
}

async fn connections(
    address: &str,
    sql: &str,
    idle: usize,
    busy: usize,
    rounds: usize,
) -> anyhow::Result<serde_json::Value> {
    let mut standing = Vec::with_capacity(idle);
    for _ in 0..idle {
        standing.push(connect(address).await?);
    }
    let tasks: Vec<_> = (0..busy)
        .map(|_| {
            let (address, sql) = (address.to_owned(), sql.to_owned());
            tokio::spawn(async move { times(&connect(&address).await?, &sql, rounds).await })
        })
        .collect();
    let mut all = Vec::new();
    let mut failures = Vec::new();
    for task in tasks {
        match task.await.context("a task has failed")? {
            Ok(times) => all.extend(times),
            Err(fault) => failures.push(format!("{fault:#}")),
        }
    }
    for client in &standing {
        if let Err(fault) = client.query("SELECT 1", &[]).await {
            failures.push(format!("idle: {fault:#}"));
        }
    }
    let mut measured = quantiles(all);
    measured["failures"] = json!(failures);
    Ok(measured)
}

/// Returns the median and what one of a hundred exceeds, in milliseconds.
fn quantiles(mut times: Vec<Duration>) -> serde_json::Value {
    times.sort();
    let at = |hundredths: usize| {
        let place = (times.len().saturating_sub(1)) * hundredths / 100;
        times.get(place).map(|time| time.as_secs_f64() * 1000.0)
    };
    json!({ "rounds": times.len(), "median": at(50), "worst": at(99) })
}
