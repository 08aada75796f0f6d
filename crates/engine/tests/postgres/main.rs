//! Runs the files of `slt/pg/` on the engine and on PostgreSQL 15 with hstore, which must give the same.
//!
//! Where the two differ on purpose, `docs/differences.md` says why. `properties/` asks both of random arguments.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

mod connection;
mod database;
mod engine;
mod parameters;
mod properties;
mod script;
mod server;
#[path = "../support/mod.rs"]
mod support;

use connection::Connection;
use engine::Engine;
use server::Server;
use std::collections::BTreeSet;

const DIFFERENCES: &str = include_str!("../../../../docs/differences.md");

#[tokio::test]
async fn postgresql_gives_what_the_files_say() {
    let Some(server) = Server::start() else { return };
    let socket = server.socket();
    Connection::open(&socket, "postgres").unwrap().execute("CREATE DATABASE oracle").unwrap();
    Connection::open(&socket, "oracle").unwrap().execute("CREATE EXTENSION hstore").unwrap();
    let mut faults = Vec::new();
    for script in script::scripts() {
        let connect = || async { Connection::open(&socket, "oracle") };
        faults.extend(script::faults(&script, "postgres", connect).await);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[tokio::test]
async fn the_engine_gives_what_the_files_say() {
    let mut faults = Vec::new();
    for script in script::scripts() {
        let connect = || async { Ok(Engine::open().await) };
        faults.extend(script::faults(&script, "census", connect).await);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_statement_for_one_engine_names_a_listed_difference() {
    let scripts = script::scripts();
    let cases = || scripts.iter().flat_map(|script| &script.cases);
    let faults: Vec<String> = cases()
        .filter_map(|case| Some(format!("{}: {}", case.place(), case.fault.as_ref()?)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let used: BTreeSet<&str> = cases().filter_map(|case| case.difference.as_deref()).collect();
    assert_eq!(used, listed_differences(), "labels on the left, docs/differences.md on the right");
}

/// Returns the first cells of the table's rows.
fn listed_differences() -> BTreeSet<&'static str> {
    DIFFERENCES
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .map(|(id, _)| id)
        .collect()
}
