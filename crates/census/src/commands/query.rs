//! `census query`: SQL from the argument, from standard input or typed.

use crate::configuration::Configuration;
use crate::exit::{Exit, StatementError};
use crate::output::{Format, OutputFile, RowWriter, quoted, unwritable};
use crate::surroundings::tell;
use crate::{exit, interrupt, repl};
use anyhow::Context;
use census_engine::{Answer, Command, Completeness, Engine, Session};
use census_error::{Error, SqlState};
use census_store::Store;
use clap::Args;
use datafusion::arrow::record_batch::RecordBatch;
use futures::StreamExt;
use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How long an interrupted statement may take to end before the process does.
const GRACE: Duration = Duration::from_secs(1);

/// How many rows are written between two looks at whether the statement was interrupted.
const ROWS_WRITTEN: usize = 256;

/// Answers DDSQL; without SQL on a terminal, starts a prompt
///
/// Rows go to stdout; how complete they are is told on stderr. SQL may also come on standard input.
#[derive(Debug, Args)]
pub struct Query {
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    /// The file that rows are written to instead of stdout; it is replaced once they are all there
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The statement, or several with semicolons between them
    #[arg(value_name = "SQL")]
    sql: Option<String>,
}

impl Query {
    /// Runs the statements and prints the rows on stdout and how complete they are on stderr.
    ///
    /// # Errors
    /// What the store, the statement or the output file has to say.
    pub async fn run(self, configuration: &Configuration) -> anyhow::Result<Exit> {
        self.refuse_parquet_on_terminal()?;
        let text = match &self.sql {
            Some(sql) => Some(sql.clone()),
            None if std::io::stdin().is_terminal() => None,
            None => Some(read_stdin()?),
        };
        let session = open_session(configuration).await?;
        let Some(text) = text else {
            Box::pin(repl::run(session)).await?;
            return Ok(Exit::Done);
        };
        interrupt::insist(Some(GRACE));
        self.answer_all(&session, &text).await?;
        Ok(Exit::Done)
    }

    async fn answer_all(&self, session: &Session, text: &str) -> anyhow::Result<()> {
        let statements = split(text)?;
        if statements.is_empty() {
            return Err(Error::new(SqlState::SyntaxError, "no statement was given")
                .with_hint("Give SQL as an argument or on standard input.")
                .into());
        }
        match &self.output {
            None => {
                let mut out = BufWriter::new(std::io::stdout());
                answer_each(session, &statements, self.format, &mut out)
                    .await
                    .map_err(|error| name_output(error, "standard output"))
            }
            Some(path) => {
                let mut out = BufWriter::new(OutputFile::create(path)?);
                answer_each(session, &statements, self.format, &mut out)
                    .await
                    .map_err(|error| name_output(error, &quoted(path)))?;
                let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
                Ok(file.keep()?)
            }
        }
    }

    fn refuse_parquet_on_terminal(&self) -> anyhow::Result<()> {
        let to_terminal = self.output.is_none() && std::io::stdout().is_terminal();
        if self.format == Format::Parquet && to_terminal {
            return Err(Error::new(
                SqlState::InvalidParameterValue,
                "parquet is not written to a terminal",
            )
            .with_hint("Add --output FILE.")
            .into());
        }
        Ok(())
    }
}

/// Opens the store for reading and starts a session on it.
pub async fn open_session(configuration: &Configuration) -> anyhow::Result<Session> {
    let directory = configuration.directory()?;
    let store = Arc::new(Store::open(&configuration.store).await?);
    Ok(Engine::new(store, directory).session())
}

/// Splits a text into its statements, as written.
pub fn split(text: &str) -> anyhow::Result<Vec<String>> {
    let statements = census_engine::split_statements(text)
        .map_err(|error| StatementError { error, statement: text.to_owned() })?;
    Ok(statements.into_iter().map(str::to_owned).collect())
}

async fn answer_each(
    session: &Session,
    statements: &[String],
    format: Format,
    out: &mut (dyn Write + Send),
) -> anyhow::Result<()> {
    let mut answers = 0;
    for statement in statements {
        let completeness = tokio::select! {
            done = answer(session, statement, format, out, &mut answers) => done?,
            () = interrupt::requested() => return Err(cancelled(statement)),
        };
        out.flush()?;
        print_footer(&completeness);
    }
    Ok(())
}

/// Runs one statement and writes its rows; returns how complete they are.
async fn answer(
    session: &Session,
    statement: &str,
    format: Format,
    out: &mut (dyn Write + Send),
    answers: &mut u32,
) -> anyhow::Result<Completeness> {
    let answer = run_statement(session, statement).await?;
    if !shows_rows(&answer) {
        return Ok(answer.completeness);
    }
    *answers += 1;
    if format == Format::Parquet && *answers > 1 {
        return Err(Error::new(
            SqlState::FeatureNotSupported,
            "a parquet file holds the rows of one statement",
        )
        .with_hint("Write each answer to a file of its own.")
        .into());
    }
    let mut writer = format.writer(&answer.schema, out)?;
    let completeness = answer.completeness.clone();
    write_rows(answer, statement, writer.as_mut()).await?;
    writer.finish()?;
    Ok(completeness)
}

/// Tells whether an answer has anything to show: SET and RESET have not, in any format.
pub fn shows_rows(answer: &Answer) -> bool {
    !answer.schema.fields().is_empty() || answer.command == Command::Select
}

/// Writes all rows of an answer, and lets whatever waits beside it, such as Ctrl-C, in between.
pub async fn write_rows(
    mut answer: Answer,
    statement: &str,
    writer: &mut dyn RowWriter,
) -> anyhow::Result<()> {
    while let Some(batch) = answer.rows.next().await {
        let batch: RecordBatch =
            batch.map_err(|error| StatementError { error, statement: statement.to_owned() })?;
        for first in (0..batch.num_rows()).step_by(ROWS_WRITTEN) {
            let rows = ROWS_WRITTEN.min(batch.num_rows() - first);
            writer.write(&batch.slice(first, rows))?;
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

/// Returns the error of rows that could not be written with the name of where they go; others stay as they are.
pub fn name_output(error: anyhow::Error, name: &str) -> anyhow::Error {
    if error.is::<StatementError>() || error.is::<Error>() || exit::is_broken_pipe(&error) {
        return error;
    }
    let cause = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    match cause {
        Some(cause) => unwritable(name, copy(cause)).into(),
        None => error,
    }
}

/// Returns an error of the system with the same words; the chain it stands in keeps the first.
fn copy(error: &std::io::Error) -> std::io::Error {
    match error.raw_os_error() {
        Some(code) => std::io::Error::from_raw_os_error(code),
        None => std::io::Error::new(error.kind(), error.to_string()),
    }
}

/// Plans one statement; its errors carry the text for the caret.
pub async fn run_statement(session: &Session, statement: &str) -> anyhow::Result<Answer> {
    session
        .query(statement)
        .await
        .map_err(|error| StatementError { error, statement: statement.to_owned() }.into())
}

/// Prints how complete an answer is, where it speaks of anything that was collected.
pub fn print_footer(completeness: &Completeness) {
    if let Some(sentence) = completeness.sentence() {
        tell(&sentence);
    }
}

/// Returns the error of a statement that the user has stopped.
pub fn cancelled(statement: &str) -> anyhow::Error {
    StatementError {
        error: Error::new(SqlState::QueryCanceled, "canceling statement due to user request"),
        statement: statement.to_owned(),
    }
    .into()
}

fn read_stdin() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("standard input cannot be read")?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::new(SqlState::SyntaxError, "the statement on standard input is not UTF-8")
    })?;
    // A mark that some editors put at the start of a file is no part of the statement.
    Ok(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned))
}
