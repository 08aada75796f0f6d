//! Statements that compute take nothing from others but their share of the cores.

use crate::driver::{connect, connect_with};
use crate::running::Running;
use futures::future::{FutureExt, join_all};
use std::pin::pin;
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

/// A statement that computes for long, and hardly ever pauses.
const COMPUTING: &str = "SELECT count(*) FROM generate_series(1, 10000000) a, generate_series(1, 1000) b WHERE a % 7 = b % 5";

/// How many sessions compute.
const BUSY: usize = 4;

/// How often another client comes meanwhile.
const VISITS: usize = 10;

#[tokio::test(flavor = "multi_thread")]
async fn clients_come_and_go_and_cancel_while_others_compute() {
    let server = Running::start().await;
    let busy = join_all((0..BUSY).map(|_| connect(&server))).await;
    let computing = busy.iter().map(|client| client.simple_query(COMPUTING));
    let mut computing = pin!(join_all(computing));
    let visits = async {
        for _ in 0..VISITS {
            let visitor = connect(&server).await;
            assert_eq!(visitor.query_one("SELECT 1", &[]).await.unwrap().get::<_, i64>(0), 1);
            let hurried = connect_with(&server, "-c statement_timeout=50ms").await;
            let late = hurried.simple_query(COMPUTING).await.unwrap_err();
            assert_eq!(late.code(), Some(&SqlState::QUERY_CANCELED));
        }
    };
    tokio::select! {
        biased;
        _ = &mut computing => panic!("the server has computed before it has answered"),
        () = visits => {}
    }
    // Requests that come before a statement has begun have nothing to cancel.
    let cancelled = loop {
        for client in &busy {
            client.cancel_token().cancel_query(NoTls).await.unwrap();
        }
        if let Some(ended) = (&mut computing).now_or_never() {
            break ended;
        }
        tokio::task::yield_now().await;
    };
    for ended in cancelled {
        assert_eq!(ended.unwrap_err().code(), Some(&SqlState::QUERY_CANCELED));
    }
    for client in &busy {
        // What was given up does not hold up the session that has given it up.
        assert_eq!(client.query_one("SELECT 2", &[]).await.unwrap().get::<_, i64>(0), 2);
    }
    server.stop().await;
}
