//! Errors as a terminal shows them.

mod support;

use std::fmt::Write as _;

async fn error(sql: &str) -> String {
    let session = support::session().await;
    match support::texts(&session, sql).await {
        Ok(rows) => panic!("{sql} gives {rows:?}"),
        Err(error) => census_error::terminal(&error, Some(sql)),
    }
}

const STATEMENTS: &[&str] = &[
    "SELECT * FROM aws.apigatewayv2_integrationrespons",
    "SELECT * FROM apigatewayv2_apii",
    "SELECT * FROM nowhere.nothing",
    "SELECT * FROM dd.logs",
    "SELECT regoin FROM aws.apigatewayv2_api",
    "SELECT teem FROM aws.apigatewayv2_api",
    "SELECT r.teem FROM aws.apigatewayv2_integrationresponse r WHERE r.region = 'x'",
    "SELECT zzz FROM aws.apigatewayv2_api",
    "SELECT #name FROM aws.apigatewayv2_api",
    "SELECT #regoin FROM aws.apigatewayv2_api",
    "SELECT region FROM aws.apigatewayv2_api a, aws.apigatewayv2_integrationresponse b",
    "SELECT #region FROM aws.apigatewayv2_api a, aws.apigatewayv2_integrationresponse b",
    "SELECT team FROM census.coverage",
    "WITH t AS (SELECT name FROM aws.apigatewayv2_api) SELECT region FROM t",
    "SELECT nam FROM aws.apigatewayv2_api",
    "SELECT a.nope FROM aws.apigatewayv2_api a",
    "SELECT b.name FROM aws.apigatewayv2_api a",
    "SELECT tagz->'region' FROM aws.apigatewayv2_api",
    "SELECT account_id FROM aws.apigatewayv2_api a, aws.apigatewayv2_integrationresponse b",
    "SELECT lowr(name) FROM aws.apigatewayv2_api",
    "SELECT akeys(name) FROM aws.apigatewayv2_api",
    "SELECT akeys(1)",
    "SELECT akeys()",
    "SELECT name -> 'x' FROM aws.apigatewayv2_api",
    "SELECT * FROM aws.apigatewayv2_api WHERE name = 1",
    "SELECT * FROM aws.apigatewayv2_api WHERE tags > 'a=>1'",
    "SELECT name + 1 FROM aws.apigatewayv2_api",
    "SELECT name, count(*) FROM aws.apigatewayv2_api",
    "SELECT 1/0",
    "SELECT 'x'::bigint",
    "SELECT 9223372036854775807 + 1",
    "SELECT 'x'::timestamp",
    "SELECT '{'::json",
    "SELECT 1::hstore",
    "SELECT 'x'::nothing",
    "SELEC 1",
    "SELECT FROM WHERE",
    "SELECT name FROM WHERE",
    "SELECT where FROM aws.apigatewayv2_api",
    "SELECT $1",
    "SELECT b.* FROM aws.apigatewayv2_api a",
    "SELECT * FROM (VALUES (1, 'a'), (2)) t",
    "SELECT 1 LIMIT 'x'",
    "SELECT min(tags) FROM aws.apigatewayv2_api",
    "SELECT name ~ 'ord(' FROM aws.apigatewayv2_api",
    "SELECT 1.5 / 0",
    "SELECT 1e308 * 10",
    "SELECT 1::timestamp",
    "SELECT '1e400'::float8",
    "SELECT 'maybe'::boolean",
    "SELECT '99999999999999999999'::bigint",
    "SELECT sum(x) FROM (VALUES (9223372036854775807), (1)) t(x)",
    "SELECT 1 +",
    "SELECT 'open",
    "SELECT (1",
    "",
    "SELECT 1; SELECT 2",
    "INSERT INTO aws.apigatewayv2_api VALUES (1)",
    "DROP TABLE aws.apigatewayv2_api",
    "CREATE EXTERNAL TABLE t STORED AS PARQUET LOCATION '/tmp/x'",
    "COPY aws.apigatewayv2_api TO '/tmp/x'",
    "SELECT * INTO t FROM aws.apigatewayv2_api",
    "WITH t AS (DELETE FROM aws.apigatewayv2_api RETURNING 1) SELECT * FROM t",
    "EXPLAIN INSERT INTO t VALUES (1)",
    "SELECT * FROM '/etc/passwd'",
    "SELECT * FROM \"/tmp/rows.parquet\"",
    "SELECT * FROM read_parquet('/tmp/rows.parquet')",
    "SELECT * FROM aws.apigatewayv2_api FOR UPDATE",
    "SELECT 1 UNION SELECT 1, 2",
    "SET census.require_complet = on",
    "SET statement_timeout = soon",
    "SHOW nothing",
    "SELECT 'ü', name + 1 FROM aws.apigatewayv2_api",
    "SELECT\n\tname,\n\t'é' || name + 1\nFROM aws.apigatewayv2_api",
    "SELECT *\nFROM aws.apigatewayv2_api\nWHERE 'ünï' = name AND nam = 'x'",
    "SELECT 'größe' AS x,\tregoin FROM aws.apigatewayv2_api",
    "SELECT lpad('a')",
    "SELECT sbstring('a', 1)",
    "SELECT CASE WHEN name THEN 1 END FROM aws.apigatewayv2_api",
    "SELECT CASE WHEN true THEN name ELSE 1 END FROM aws.apigatewayv2_api",
    "SELECT coalesce(name, 1) FROM aws.apigatewayv2_api",
    "SELECT coalesce(JSON '1', hstore 'a=>1')",
    "SELECT greatest(JSON '1', '2')",
    "SELECT * FROM aws.apigatewayv2_api WHERE name",
    "SELECT * FROM aws.apigatewayv2_api a JOIN aws.apigatewayv2_api b ON a.name",
    "SELECT count(*) FROM aws.apigatewayv2_api HAVING count(*)",
    "SELECT count(*) FILTER (WHERE name) FROM aws.apigatewayv2_api",
    "SELECT NOT name FROM aws.apigatewayv2_api",
    "SELECT name AND true FROM aws.apigatewayv2_api",
    "SELECT - name FROM aws.apigatewayv2_api",
    "SELECT - 'a'",
    "SELECT 1 UNION SELECT true",
    "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 0.5 FROM t WHERE x < 3) SELECT * FROM t",
    "SELECT name IN (1, 2) FROM aws.apigatewayv2_api",
    "SELECT name BETWEEN 1 AND 2 FROM aws.apigatewayv2_api",
    "SELECT coalesce()",
    "SELECT nullif(1, 2, 3)",
    "SELECT 1 < 2 = true",
    "SELECT 'a' COLLATE \"nosuch\"",
    "SELECT nosuchschema.lower('a')",
    "SELECT aws.lower('a')",
    "SELECT (1, 2) = (1, 2, 3)",
    "SELECT ROW(1, 2)",
    "SELECT (name).x FROM aws.apigatewayv2_api",
    "SELECT name[1] FROM aws.apigatewayv2_api",
    "SELECT unnest(1)",
    "SELECT * FROM generate_series(1)",
    "SELECT 1e400",
    "SELECT '2025-02-30'::date",
    "SELECT 1 LIMIT true",
    "EXPLAIN (NOSUCH) SELECT 1",
    "EXPLAIN (FORMAT json) SELECT 1",
    "SELECT $$open",
    "SELECT X'1F'",
    "SELECT count(*) OVER (ORDER BY ROW(1, NULL) RANGE 1 PRECEDING)",
    "SELECT U&'!00' UESCAPE '!'",
];

#[tokio::test]
async fn errors_read_like_postgresql() {
    let mut shown = String::new();
    for sql in STATEMENTS {
        let _ = write!(shown, "> {sql}\n{}\n\n", error(sql).await);
    }
    insta::assert_snapshot!(shown);
}

#[tokio::test]
async fn statements_that_nest_too_deep_are_refused() {
    let nested = |count: usize| format!("SELECT {}1{}", "(".repeat(count), ")".repeat(count));
    let chain = |count: usize| format!("SELECT 1{}", " + 1".repeat(count));
    assert!(error(&nested(100_000)).await.starts_with("ERROR:  54001: stack depth limit exceeded"));
    assert!(error(&chain(100_000)).await.starts_with("ERROR:  54001: stack depth limit exceeded"));
    assert!(error(&format!("SELECT {}1", "- ".repeat(100_000))).await.starts_with("ERROR:  54001"));
    let session = support::session().await;
    assert_eq!(support::texts(&session, &chain(499)).await.unwrap(), [["500"]]);
    assert_eq!(support::texts(&session, &nested(20)).await.unwrap(), [["1"]]);
    let values = format!("SELECT 1 IN ({})", vec!["-1"; 20_000].join(","));
    assert_eq!(support::texts(&session, &values).await.unwrap(), [["f"]]);
}

#[tokio::test]
async fn a_statement_that_runs_too_long_is_cancelled() {
    let session = support::session().await;
    session.query("SET statement_timeout = 20").await.unwrap();
    let slow =
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    for slow in [slow.to_owned(), format!("EXPLAIN ANALYZE {slow}")] {
        let error = support::texts(&session, &slow).await.unwrap_err();
        assert_eq!(error.sqlstate().code(), "57014", "{slow}");
    }
}
