//! Temporary tables: made, filled, read and dropped within a session, and seen by no other.

// A fixture that fails is a failed test.
#![allow(clippy::unwrap_used)]

mod support;

use census_engine::Session;

async fn run(session: &Session, sql: &str) {
    let outcome = support::texts(session, sql).await;
    assert!(outcome.is_ok(), "{sql}: {}", outcome.unwrap_err());
}

async fn rows(session: &Session, sql: &str) -> Vec<Vec<String>> {
    support::texts(session, sql).await.unwrap()
}

async fn sqlstate(session: &Session, sql: &str) -> &'static str {
    support::texts(session, sql).await.unwrap_err().sqlstate().code()
}

#[tokio::test]
async fn a_temporary_table_keeps_rows_for_its_session() {
    let session = support::session().await;
    run(&session, "CREATE TEMP TABLE seen (id BIGINT, name VARCHAR, tags HSTORE)").await;
    run(&session, "INSERT INTO seen VALUES (1, 'a', 'k=>v'), ('2', NULL, NULL)").await;
    run(&session, "INSERT INTO seen (name, id) SELECT name, 7 FROM aws.apigatewayv2_api WHERE name = 'orders'").await;
    assert_eq!(
        rows(&session, "SELECT id, name, tags -> 'k' FROM seen ORDER BY id").await,
        [["1", "a", "v"], ["2", "NULL", "NULL"], ["7", "orders", "NULL"]]
    );
    run(&session, "DROP TABLE seen").await;
    assert_eq!(sqlstate(&session, "SELECT * FROM seen").await, "42P01");
}

#[tokio::test]
async fn a_temporary_table_is_made_of_a_query() {
    let session = support::session().await;
    run(&session, "CREATE TEMPORARY TABLE counts AS SELECT protocol_type AS p, count(*) AS n FROM aws.apigatewayv2_api GROUP BY 1").await;
    run(&session, "CREATE TEMP TABLE IF NOT EXISTS counts AS SELECT 1 AS x").await;
    assert_eq!(
        rows(&session, "SELECT p, n FROM counts ORDER BY p").await,
        [["HTTP", "1"], ["WEBSOCKET", "1"]]
    );
    assert_eq!(rows(&session, "SELECT sum(n) FROM pg_temp.counts").await, [["2"]]);
    assert_eq!(sqlstate(&session, "CREATE TEMP TABLE counts AS SELECT 1 AS x").await, "42P07");
}

#[tokio::test]
async fn values_are_cast_as_an_assignment_casts_them() {
    let session = support::empty_session().await;
    run(&session, "CREATE TEMP TABLE t (a BIGINT, b TEXT, c TIMESTAMP)").await;
    run(&session, "INSERT INTO t VALUES (1.6, 5, '2025-01-02')").await;
    assert_eq!(rows(&session, "SELECT * FROM t").await, [["2", "5", "2025-01-02 00:00:00"]]);
    for (sql, expected) in [
        ("INSERT INTO t (a) SELECT 'x' || 'y'", "42804"),
        ("INSERT INTO t (a) VALUES ('x')", "22P02"),
        ("INSERT INTO t (a) VALUES (true)", "42804"),
        ("INSERT INTO t (a, a) VALUES (1, 2)", "42701"),
        ("INSERT INTO t (z) VALUES (1)", "42703"),
        ("INSERT INTO t (a) VALUES (1, 2)", "42601"),
        ("INSERT INTO t (a, b) VALUES (1)", "42601"),
        ("INSERT INTO t VALUES (1, 2, NULL, 4)", "42601"),
        ("INSERT INTO t DEFAULT VALUES", "0A000"),
        ("INSERT INTO t VALUES (1) RETURNING a", "0A000"),
        ("INSERT INTO nosuch VALUES (1)", "42P01"),
        ("INSERT INTO apigatewayv2_api VALUES (1)", "25006"),
        ("INSERT INTO aws.apigatewayv2_api VALUES (1)", "25006"),
        ("CREATE TEMP TABLE runs (a BIGINT)", "42P07"),
        ("CREATE TEMP TABLE u (a BIGINT, a TEXT)", "42701"),
        ("CREATE TEMP TABLE u (a NOSUCHTYPE)", "42704"),
        ("CREATE TEMP TABLE u (a BIGINT PRIMARY KEY)", "0A000"),
        ("CREATE TABLE u (a BIGINT)", "25006"),
        ("CREATE TABLE u AS SELECT 1", "25006"),
        ("DROP TABLE apigatewayv2_api", "25006"),
        ("DROP TABLE aws.apigatewayv2_api", "25006"),
        ("DROP TABLE nosuch", "42P01"),
        ("UPDATE t SET a = 1", "25006"),
        ("DELETE FROM t", "25006"),
    ] {
        assert_eq!(sqlstate(&session, sql).await, expected, "{sql}");
    }
    run(&session, "DROP TABLE IF EXISTS nosuch").await;
}

#[tokio::test]
async fn whatever_writes_or_reads_files_is_refused() {
    let session = support::empty_session().await;
    for (sql, expected) in [
        ("COPY t TO '/tmp/x'", "0A000"),
        ("COPY (SELECT 1) TO STDOUT", "0A000"),
        ("CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '/tmp/x'", "25006"),
        ("SELECT * FROM '/etc/passwd'", "0A000"),
        ("SELECT * FROM read_parquet('/etc/passwd')", "42883"),
        ("SELECT pg_read_file('/etc/passwd')", "42883"),
        ("SELECT lo_import('/etc/passwd')", "42883"),
        ("SELECT 1 INTO t", "25006"),
        ("WITH x AS (INSERT INTO t VALUES (1) RETURNING 1) SELECT * FROM x", "25006"),
        ("SELECT * FROM dd.logs", "0A000"),
        ("SELECT * FROM dd.metrics_scalar('avg:x{*}')", "0A000"),
        ("SELECT * FROM dd.metrics_timeseries('avg:x{*}')", "0A000"),
        ("SELECT * FROM dd.cloud_cost_aws", "0A000"),
        ("TRUNCATE t", "25006"),
        ("ALTER TABLE t ADD x TEXT", "25006"),
        ("CREATE VIEW v AS SELECT 1", "25006"),
        ("CREATE FUNCTION f() RETURNS int AS 'x'", "25006"),
        ("MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE", "25006"),
        ("GRANT ALL ON t TO x", "25006"),
        ("VACUUM", "25006"),
        ("LOAD 'x'", "0A000"),
        ("LISTEN x", "0A000"),
        ("BEGIN", "0A000"),
        ("SELECT x FROM (VALUES (1)) t(x) FOR UPDATE", "25006"),
    ] {
        assert_eq!(sqlstate(&session, sql).await, expected, "{sql}");
    }
}

#[tokio::test]
async fn the_time_frame_is_a_setting_in_rfc_3339() {
    let session = support::empty_session().await;
    run(&session, "SET dd.time_frame_start = '2025-07-10T00:00:00-04:00'").await;
    assert_eq!(
        rows(&session, "SELECT current_setting('dd.time_frame_start')").await,
        [["2025-07-10 04:00:00.000+00:00"]]
    );
    assert_eq!(sqlstate(&session, "SET dd.time_frame_end = 'yesterday'").await, "22023");
}
