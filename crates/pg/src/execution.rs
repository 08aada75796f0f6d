//! A session's statements as they run: away from its socket, until they are cancelled, late, or their client has gone.

use crate::cancellation::Registered;
use crate::runtimes::{Runtimes, Work, Workplace};
use crate::wire::Wire;
use census_engine::{Answer, Description, EngineError, Parameter, Rows, Session};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;
use datafusion::arrow::array::RecordBatch;
use futures::{StreamExt, stream};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::{mpsc, oneshot};

/// How many batches wait for a client; the statement waits while it takes its time.
const BATCHES_AHEAD: usize = 2;

/// What a session runs, and when that must have ended.
pub(crate) struct Execution {
    pub(crate) registered: Registered,
    session: Arc<Session>,
    workplace: Workplace,
    deadline: Option<Instant>,
}

impl Execution {
    pub(crate) fn new(
        registered: Registered,
        session: Arc<Session>,
        runtimes: Arc<Runtimes>,
    ) -> Self {
        Self { registered, session, workplace: Workplace::new(runtimes), deadline: None }
    }

    /// Marks the beginning of a statement: from now its time counts, and it can be cancelled.
    pub(crate) fn begin(&mut self) {
        let limit = self.session.statement_timeout();
        // A limit beyond what a clock can tell is none.
        self.deadline = (!limit.is_zero()).then(|| Instant::now().checked_add(limit)).flatten();
        self.registered.begin();
    }

    /// Marks the end of a statement.
    pub(crate) fn end(&mut self) {
        self.deadline = None;
        self.registered.end();
    }

    /// Waits for a part of a statement.
    ///
    /// # Errors
    /// Those of the work; 57014 where the statement is cancelled or late, 08006 where the client has gone.
    pub(crate) async fn hold<T>(
        &self,
        wire: &mut Wire,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        tokio::select! {
            biased;
            error = self.interrupted() => Err(error),
            done = work => done,
            fault = wire.gone() => Err(fault.into()),
        }
    }

    /// Resolves when the statement is cancelled or late.
    pub(crate) async fn interrupted(&self) -> Error {
        let late = async {
            match self.deadline {
                Some(deadline) => tokio::time::sleep_until(deadline.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.registered.cancelled() => {
                Error::new(SqlState::QueryCanceled, "canceling statement due to user request")
            }
            () = late => EngineError::Timeout.into(),
        }
    }

    /// Finds out what a statement takes and gives.
    ///
    /// # Errors
    /// Those of planning the statement, and of [`Execution::hold`].
    pub(crate) async fn describe(
        &mut self,
        wire: &mut Wire,
        sql: &str,
        given: Vec<Option<SqlType>>,
    ) -> Result<Description> {
        let (session, sql) = (Arc::clone(&self.session), sql.to_owned());
        let mut work = self.workplace.start(async move { session.describe(&sql, &given).await })?;
        self.hold(wire, async { work.end().await? }).await
    }

    /// Answers a statement; rows are computed while they are taken, a few batches ahead.
    ///
    /// # Errors
    /// Those of the statement, and of [`Execution::hold`].
    pub(crate) async fn answer(
        &mut self,
        wire: &mut Wire,
        sql: &str,
        parameters: &[Parameter],
    ) -> Result<Answer> {
        let (sender, batches) = mpsc::channel(BATCHES_AHEAD);
        let (tell, told) = oneshot::channel();
        let session = Arc::clone(&self.session);
        let (sql, parameters) = (sql.to_owned(), parameters.to_vec());
        let mut work = self.workplace.start(async move {
            match session.query_untimed(&sql, &parameters).await {
                Ok(answer) => {
                    let rows = answer.rows;
                    let begun = Answer { rows: stream::empty().boxed(), ..answer };
                    if tell.send(Ok(begun)).is_ok() {
                        send(rows, sender).await;
                    }
                }
                Err(error) => drop(tell.send(Err(error))),
            }
        })?;
        let begun = self.hold(wire, async {
            match told.await {
                Ok(begun) => begun,
                // Only work that has panicked says nothing.
                Err(silent) => {
                    Err(work.end().await.err().unwrap_or_else(|| Error::internal(silent)))
                }
            }
        });
        let begun = begun.await?;
        Ok(Answer { rows: received(batches, work), ..begun })
    }
}

/// Sends rows until they end, or nobody takes them any more.
async fn send(mut rows: Rows, batches: mpsc::Sender<Result<RecordBatch>>) {
    while let Some(batch) = rows.next().await {
        if batches.send(batch).await.is_err() {
            return;
        }
    }
}

/// Returns the rows that work sends; dropping them gives the work up.
fn received(batches: mpsc::Receiver<Result<RecordBatch>>, work: Work<()>) -> Rows {
    let receive = async |state: Option<(mpsc::Receiver<_>, Work<()>)>| {
        let (mut batches, mut work) = state?;
        if let Some(batch) = batches.recv().await {
            return Some((batch, Some((batches, work))));
        }
        // Rows end early where the work has panicked.
        work.end().await.err().map(|error| (Err(error), None))
    };
    stream::unfold(Some((batches, work)), receive).fuse().boxed()
}
