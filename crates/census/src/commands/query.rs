//! `census query`: SQL from the argument, from standard input or typed.

use crate::configuration::Configuration;
use crate::exit::{Exit, StatementError};
use crate::output::Format;
use crate::{interrupt, repl};
use anyhow::Context;
use census_directory::Directory;
use census_engine::{Answer, Command, Completeness, Engine, Session};
use census_error::{Error, SqlState};
use census_store::Store;
use clap::Args;
use futures::StreamExt;
use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Answers DDSQL; without SQL on a terminal, starts a prompt
#[derive(Debug, Args)]
pub struct Query {
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    /// The file that rows are written to, instead of stdout
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
        let session = open_session(&configuration.store).await?;
        let Some(text) = text else {
            repl::run(session).await?;
            return Ok(Exit::Done);
        };
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
                answer_each(session, &statements, self.format, &mut out).await
            }
            Some(path) => {
                // Rows go to a file beside the one asked for, which a failed statement thus leaves as it was.
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                let folder = folder.unwrap_or_else(|| std::path::Path::new("."));
                let unwritable = || format!("\"{}\" cannot be written", path.display());
                let file = tempfile::Builder::new()
                    .prefix(".census-")
                    .tempfile_in(folder)
                    .with_context(unwritable)?;
                let mut out = BufWriter::new(file);
                answer_each(session, &statements, self.format, &mut out).await?;
                let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
                file.persist(path).map_err(|failed| failed.error).with_context(unwritable)?;
                Ok(())
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
pub async fn open_session(store: &str) -> anyhow::Result<Session> {
    let directory = Arc::new(Directory::builtin().clone());
    let store = Arc::new(Store::open(store).await?);
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
    for statement in statements {
        let completeness = tokio::select! {
            done = answer(session, statement, format, out) => done?,
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
) -> anyhow::Result<Completeness> {
    let answer = run_statement(session, statement).await?;
    let Answer { schema, mut rows, completeness, .. } = answer;
    if schema.fields().is_empty() && !matches!(answer.command, Command::Select) {
        // SET and RESET have nothing to show, in any format.
        return Ok(completeness);
    }
    let mut writer = format.writer(&schema, out)?;
    while let Some(batch) = rows.next().await {
        let batch =
            batch.map_err(|error| StatementError { error, statement: statement.to_owned() })?;
        writer.write(&batch)?;
    }
    writer.finish()?;
    Ok(completeness)
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
        eprintln!("{sentence}");
    }
}

fn cancelled(statement: &str) -> anyhow::Error {
    StatementError {
        error: Error::new(SqlState::QueryCanceled, "canceling statement due to user request"),
        statement: statement.to_owned(),
    }
    .into()
}

fn read_stdin() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).context("standard input cannot be read")?;
    String::from_utf8(bytes).map_err(|_| {
        Error::new(SqlState::SyntaxError, "the statement on standard input is not UTF-8").into()
    })
}
