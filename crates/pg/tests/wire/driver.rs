//! tokio-postgres, which speaks binary alone: values both ways, hstore by its number, portals, cancelling, errors.

use crate::running::Running;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use futures::{StreamExt, TryStreamExt, pin_mut};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::IpAddr;
use tokio_postgres::error::{ErrorPosition, SqlState};
use tokio_postgres::types::Type;
use tokio_postgres::{Client, NoTls, SimpleQueryMessage};

type Hstore = HashMap<String, Option<String>>;

/// A statement that takes long enough to be cancelled, and no memory.
const ENDLESS: &str = "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b WHERE a % 7 = b % 11";

pub async fn connect(server: &Running) -> Client {
    connect_with(server, "").await
}

pub async fn connect_with(server: &Running, options: &str) -> Client {
    let port = server.address.port();
    let address = format!("host=127.0.0.1 port={port} user=anna dbname=census options='{options}'");
    let (client, connection) = tokio_postgres::connect(&address, NoTls).await.unwrap();
    // It ends with the client.
    tokio::spawn(connection);
    client
}

fn time(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn hstore() -> Hstore {
    let pair = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
    HashMap::from([pair("a", Some("1")), pair("b c", None), pair("ü", Some("x\"y"))])
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_every_type_are_read() {
    let server = Running::start().await;
    let client = connect(&server).await;
    let row = client
        .query_one(
            "SELECT true, 42, 1.5::float8, 'text ü', NULL::text, timestamp '2026-11-22 19:40:12.5', \
             date '2026-11-22', time '01:02:03', inet '10.1.2.3', json '{\"a\": [1]}', \
             '\\xdead'::bytea, ARRAY[1, NULL, 3], ARRAY['a', NULL, 'b c'], \
             'a=>1, \"b c\"=>NULL, ü=>\"x\\\"y\"'::hstore",
            &[],
        )
        .await
        .unwrap();
    assert!(row.get::<_, bool>(0));
    assert_eq!(row.get::<_, i64>(1), 42);
    assert!((row.get::<_, f64>(2) - 1.5).abs() < f64::EPSILON);
    assert_eq!(row.get::<_, &str>(3), "text ü");
    assert_eq!(row.get::<_, Option<&str>>(4), None);
    assert_eq!(row.get::<_, NaiveDateTime>(5), time("2026-11-22T19:40:12.5"));
    assert_eq!(row.get::<_, NaiveDate>(6), time("2026-11-22T00:00:00").date());
    assert_eq!(row.get::<_, NaiveTime>(7), time("2026-11-22T01:02:03").time());
    assert_eq!(row.get::<_, IpAddr>(8).to_string(), "10.1.2.3");
    assert_eq!(row.get::<_, Value>(9), json!({"a": [1]}));
    assert_eq!(row.get::<_, &[u8]>(10), [0xde, 0xad]);
    assert_eq!(row.get::<_, Vec<Option<i64>>>(11), [Some(1), None, Some(3)]);
    assert_eq!(row.get::<_, Vec<Option<&str>>>(12), [Some("a"), None, Some("b c")]);
    assert_eq!(row.get::<_, Hstore>(13), hstore());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_of_every_type_are_taken() {
    let server = Running::start().await;
    let client = connect(&server).await;
    let (number, fraction, switch, text) = (-7_i64, 2.5_f64, true, "it's ü");
    let (moment, address) = (time("2026-11-22T19:40:12.5"), IpAddr::from([10, 1, 2, 3]));
    let (numbers, bytes) = (vec![Some(1_i64), None], vec![0xde_u8, 0xad]);
    let (object, tags) = (json!({"a": [1]}), hstore());
    let row = client
        .query_one(
            "SELECT $1::bigint, $2::float8, $3::boolean, $4, $5::timestamp, $6::inet, $7::bigint[], \
             $8::bytea, $9::json, $10::hstore, $11::date IS NULL",
            &[
                &number,
                &fraction,
                &switch,
                &text,
                &moment,
                &address,
                &numbers,
                &bytes,
                &object,
                &tags,
                &None::<NaiveDate>,
            ],
        )
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), number);
    assert!((row.get::<_, f64>(1) - fraction).abs() < f64::EPSILON);
    assert_eq!(row.get::<_, bool>(2), switch);
    assert_eq!(row.get::<_, &str>(3), text);
    assert_eq!(row.get::<_, NaiveDateTime>(4), moment);
    assert_eq!(row.get::<_, IpAddr>(5), address);
    assert_eq!(row.get::<_, Vec<Option<i64>>>(6), numbers);
    assert_eq!(row.get::<_, Vec<u8>>(7), bytes);
    assert_eq!(row.get::<_, Value>(8), object);
    assert_eq!(row.get::<_, Hstore>(9), tags);
    assert!(row.get::<_, bool>(10));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hstore_is_found_by_its_number() {
    let server = Running::start().await;
    let client = connect(&server).await;
    let statement =
        client.prepare("SELECT $1::hstore, tags FROM aws.apigatewayv2_api").await.unwrap();
    for found in statement
        .params()
        .iter()
        .chain(statement.columns().iter().map(tokio_postgres::Column::type_))
    {
        assert_eq!((found.schema(), found.name(), found.oid()), ("public", "hstore", 16_384));
    }
    assert_eq!(statement.columns()[1].name(), "tags");
    let limited = client
        .prepare("SELECT name FROM aws.apigatewayv2_api WHERE length(name) = $1 LIMIT $2")
        .await
        .unwrap();
    assert_eq!(limited.params(), [Type::INT8, Type::INT8]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn portals_give_as_many_rows_as_are_asked_for() {
    let server = Running::start().await;
    let mut client = connect(&server).await;
    let statement =
        client.prepare("SELECT n FROM generate_series(1, $1::bigint) AS t(n)").await.unwrap();
    let transaction = client.transaction().await.unwrap();
    let first = transaction.bind(&statement, &[&250_i64]).await.unwrap();
    let second = transaction.bind(&statement, &[&3_i64]).await.unwrap();
    let mut read = Vec::new();
    for expected in [100, 100, 50, 0] {
        let rows = transaction.query_portal(&first, 100).await.unwrap();
        assert_eq!(rows.len(), expected);
        read.extend(rows.iter().map(|row| row.get::<_, i64>(0)));
        // One portal does not disturb another.
        transaction.query_portal(&second, 1).await.unwrap();
    }
    assert_eq!(read, (1..=250).collect::<Vec<i64>>());
    transaction.commit().await.unwrap();
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn running_statement_is_cancelled() {
    let server = Running::start().await;
    let client = connect(&server).await;
    let token = client.cancel_token();
    let query = client.query_one(ENDLESS, &[]);
    pin_mut!(query);
    // A request that comes before the statement has begun has nothing to cancel.
    let error = loop {
        tokio::select! {
            done = &mut query => break done.unwrap_err(),
            cancelled = token.cancel_query(NoTls) => cancelled.unwrap(),
        }
    };
    assert_eq!(error.code(), Some(&SqlState::QUERY_CANCELED));
    // The last request may be read only now; as in PostgreSQL it hits whatever runs then.
    let answer = loop {
        match client.query_one("SELECT 1", &[]).await {
            Err(error) if error.code() == Some(&SqlState::QUERY_CANCELED) => {}
            answered => break answered.unwrap().get::<_, i64>(0),
        }
    };
    assert_eq!(answer, 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_have_sqlstate_position_and_hint() {
    let server = Running::start().await;
    let client = connect(&server).await;
    let error = client.query("SELECT 'ü', nmae FROM aws.apigatewayv2_api", &[]).await.unwrap_err();
    let error = error.as_db_error().unwrap();
    assert_eq!(error.code(), &SqlState::UNDEFINED_COLUMN);
    assert_eq!(error.message(), "column \"nmae\" does not exist");
    assert_eq!(error.position(), Some(&ErrorPosition::Original(13)));
    assert!(error.hint().unwrap().contains("name"));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_copied_and_statements_run_one_after_another() {
    let server = Running::start().await;
    let client = connect(&server).await;
    let copied = client.copy_out("COPY (SELECT 1, NULL, 'a\tb') TO STDOUT").await.unwrap();
    let copied: Vec<u8> = copied.map_ok(|bytes| bytes.to_vec()).try_concat().await.unwrap();
    assert_eq!(copied, b"1\t\\N\ta\\tb\n");
    let messages = client.simple_query("SELECT 1 AS one; SELECT 'two' AS two").await.unwrap();
    let rows = messages.iter().filter_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0),
        _ => None,
    });
    assert_eq!(rows.collect::<Vec<&str>>(), ["1", "two"]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_connections_are_busy_at_once() {
    let server = Running::start().await;
    let idle: Vec<Client> =
        futures::stream::iter(0..200).then(|_| connect(&server)).collect().await;
    let busy = (0..50_i64).map(|number| {
        let server = &server;
        async move {
            let client = connect(server).await;
            let row = client.query_one("SELECT $1::bigint * 2", &[&number]).await.unwrap();
            assert_eq!(row.get::<_, i64>(0), 2 * number);
        }
    });
    futures::future::join_all(busy).await;
    assert_eq!(idle[199].query_one("SELECT 1", &[]).await.unwrap().get::<_, i64>(0), 1);
    server.stop().await;
}
