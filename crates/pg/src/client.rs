//! One session: what it keeps, and how rows, notices and errors reach its client.

use crate::cancellation::Registered;
use crate::cursor::Cursor;
use crate::encode::{self, EncodedBatch};
use crate::error::{Origin, PgError, Report, Severity};
use crate::execution::Execution;
use crate::portal::Kept;
use crate::reported::Reported;
use crate::server::Shared;
use crate::transaction::{Transaction, Warning};
use crate::wire::{Wire, backend};
use census_engine::{Command, Session};
use census_error::{Error, Result, Span};
use std::sync::Arc;

/// How many rows are brought into form at once.
const ROWS_AT_ONCE: usize = 8_192;

/// A session and its client.
pub(crate) struct Client {
    pub(crate) wire: Wire,
    pub(crate) session: Arc<Session>,
    pub(crate) execution: Execution,
    pub(crate) transaction: Transaction,
    pub(crate) kept: Kept,
    reported: Reported,
}

/// How many rows were sent, and whether there are more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) rows: usize,
    pub(crate) is_end: bool,
}

impl Client {
    pub(crate) fn new(
        wire: Wire,
        session: Session,
        registered: Registered,
        shared: &Shared,
    ) -> Self {
        let reported = Reported::of(&session);
        let mut transaction = Transaction::default();
        transaction.start_from(session.settings_mark());
        let session = Arc::new(session);
        let runtimes = Arc::clone(&shared.runtimes);
        let execution = Execution::new(registered, Arc::clone(&session), runtimes);
        let kept = Kept::new(shared.limits.kept, shared.limits.kept_bytes);
        Self { wire, session, execution, transaction, kept, reported }
    }

    /// Sends rows of an answer, up to a limit; what is sent stays within a bound, however slow the client.
    pub(crate) async fn send_rows(
        &mut self,
        cursor: &mut Cursor,
        formats: &[i16],
        limit: Option<usize>,
    ) -> Result<Sent> {
        let mut rows = 0;
        loop {
            let left = limit.map_or(usize::MAX, |limit| limit - rows);
            if left == 0 {
                return Ok(Sent { rows, is_end: false });
            }
            let next = cursor.next(left.min(ROWS_AT_ONCE));
            let Some(batch) = self.execution.hold(&mut self.wire, next).await? else {
                return Ok(Sent { rows, is_end: true });
            };
            let encoded = EncodedBatch::new(&cursor.schema, &batch, formats)?;
            let mut row = 0;
            while row < encoded.rows() {
                // What writes rows is made anew after each flush, so that nothing of it is held while waiting.
                row = self.write_rows(&encoded, row)?;
                if self.wire.is_full() {
                    self.flush_rows().await?;
                }
            }
            rows += encoded.rows();
        }
    }

    /// Writes rows until enough have gathered; returns the first that was not.
    fn write_rows(&mut self, encoded: &EncodedBatch, first: usize) -> Result<usize> {
        let mut writer = encoded.writer()?;
        for row in first..encoded.rows() {
            writer.write_row(row, &mut self.wire.out)?;
            if self.wire.is_full() {
                return Ok(row + 1);
            }
        }
        Ok(encoded.rows())
    }

    /// Sends what has gathered; a statement can be cancelled while its client takes its time.
    pub(crate) async fn flush_rows(&mut self) -> Result<()> {
        tokio::select! {
            biased;
            sent = self.wire.flush() => Ok(sent?),
            error = self.execution.interrupted() => Err(error),
        }
    }

    /// Tells the client the columns of an answer.
    pub(crate) fn describe_rows(&mut self, cursor: &Cursor, formats: &[i16]) {
        let columns = encode::describe(&cursor.schema, formats);
        backend::row_description(&mut self.wire.out, &columns);
    }

    /// Tells the client, once, how complete an answer is that reads datasets.
    pub(crate) fn note_completeness(&mut self, cursor: &mut Cursor) {
        if cursor.is_noted {
            return;
        }
        cursor.is_noted = true;
        let Some(sentence) = cursor.completeness.sentence() else { return };
        if cursor.completeness.is_complete() {
            self.notice(Severity::Notice, "00000", &sentence);
        } else {
            self.notice(Severity::Warning, "01000", &sentence);
        }
    }

    /// Tells the client something, unless it does not want to hear it.
    pub(crate) fn notice(&mut self, severity: Severity, code: &str, message: &str) {
        let least = self.session.setting("client_min_messages").unwrap_or_default();
        let is_wanted = match least.as_str() {
            "error" => false,
            "warning" => severity == Severity::Warning,
            _ => true,
        };
        if is_wanted {
            let report = Report::with_code(severity, code, message);
            backend::report(&mut self.wire.out, b'N', &report.fields());
        }
    }

    /// Warns of a statement that has nothing to do.
    pub(crate) fn warn(&mut self, warning: Option<Warning>) {
        if let Some(Warning { code, message }) = warning {
            self.notice(Severity::Warning, code, message);
        }
    }

    /// Tells the client what went wrong; a transaction that has begun has failed with it.
    pub(crate) fn fail(&mut self, error: &Error, origin: Origin<'_>) {
        self.transaction.fail();
        if error.fault() == census_error::Fault::Ours {
            tracing::error!(%error, source = ?std::error::Error::source(error), "internal error");
        }
        let report = Report::of_error(error, Severity::Error, origin);
        backend::report(&mut self.wire.out, b'E', &report.fields());
    }

    /// Tells the client that a statement is done.
    pub(crate) fn complete(&mut self, tag: &str) {
        backend::command_complete(&mut self.wire.out, tag);
    }

    /// Tells the client that the next statement may come, and first which settings have changed.
    pub(crate) async fn ready(&mut self) -> Result<(), PgError> {
        self.settle();
        for (name, value) in self.reported.changes(&self.session) {
            backend::parameter_status(&mut self.wire.out, name, &value);
        }
        backend::ready_for_query(&mut self.wire.out, self.transaction.letter());
        self.wire.flush().await
    }
}

/// Returns what a client is told to have run.
pub(crate) fn tag(command: Command, rows: usize) -> String {
    match command {
        Command::Select => format!("SELECT {rows}"),
        Command::Insert(inserted) => format!("INSERT 0 {inserted}"),
        Command::Explain => "EXPLAIN".to_owned(),
        Command::Show => "SHOW".to_owned(),
        Command::Set => "SET".to_owned(),
        Command::Reset => "RESET".to_owned(),
        Command::CreateTable => "CREATE TABLE".to_owned(),
        Command::DropTable => "DROP TABLE".to_owned(),
        _ => String::new(),
    }
}

/// Tells whether an answer has rows to show: a query always has, be it of no columns.
pub(crate) fn has_rows(cursor: &Cursor) -> bool {
    cursor.command == Command::Select || !cursor.schema.fields().is_empty()
}

/// Returns an error of a query with its place in the statement around it.
pub(crate) fn moved(error: Error, offset: usize) -> Error {
    match error.span() {
        Some(Span { start, end }) if offset > 0 => {
            error.with_span(Span { start: start + offset, end: end + offset })
        }
        _ => error,
    }
}
