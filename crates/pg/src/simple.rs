//! The simple protocol: a text of one or more statements, each answered in text.

use crate::client::{Client, has_rows, moved, tag};
use crate::command::Command;
use crate::copy;
use crate::cursor::Cursor;
use crate::error::Origin;
use crate::portal::unknown_cursor;
use crate::wire::backend;
use census_engine::{Parameter, check_syntax as check_query, split_statements};
use census_error::{Error, Result, SqlState};

impl Client {
    /// Runs the statements of a text until one fails; the client is told either way.
    ///
    /// # Errors
    /// Where the connection is lost.
    pub(crate) async fn run_simple(&mut self, text: &str) -> Result<()> {
        self.kept.remove_portal("");
        let statements = match split_statements(text) {
            Ok(statements) => statements,
            Err(error) => {
                self.fail(&error, Origin { text, offset: 0 });
                return Ok(());
            }
        };
        // Nothing runs where a later statement cannot be read.
        if let [_, _, ..] = statements[..] {
            for statement in &statements {
                if let Err(error) = check_syntax(statement) {
                    self.fail(&error, Origin { text, offset: offset_in(text, statement) });
                    return Ok(());
                }
            }
        }
        if statements.is_empty() {
            backend::bare(&mut self.wire.out, backend::EMPTY_QUERY);
        }
        for statement in statements {
            let offset = offset_in(text, statement);
            self.execution.begin();
            let done = self.run_statement(statement).await;
            self.execution.end();
            match done {
                Ok(()) => {}
                Err(error) if error.sqlstate() == SqlState::ConnectionFailure => return Err(error),
                Err(error) => {
                    self.fail(&error, Origin { text, offset });
                    break;
                }
            }
        }
        Ok(())
    }

    async fn run_statement(&mut self, statement: &str) -> Result<()> {
        let command = Command::read(statement)?;
        if !command.ends_transaction() {
            self.transaction.check()?;
        }
        match command {
            Command::Engine => self.run_query(statement).await,
            Command::Fetch(fetch) => self.fetch(&fetch, true).await,
            Command::Declare(declare) => self.declare(&declare, statement, Vec::new()).await,
            Command::Copy(copy) => self.copy_out(&copy, statement, &[]).await,
            command => self.run_command(command),
        }
    }

    /// Answers a statement of the engine with all its rows.
    async fn run_query(&mut self, statement: &str) -> Result<()> {
        let answer = self.execution.answer(&mut self.wire, statement, &[]).await?;
        let mut cursor = Cursor::new(answer);
        if has_rows(&cursor) {
            self.describe_rows(&cursor, &[]);
        }
        self.note_completeness(&mut cursor);
        let sent = self.send_rows(&mut cursor, &[], None).await?;
        self.complete(&tag(cursor.command, sent.rows));
        Ok(())
    }

    /// Runs a statement about the session that has no rows.
    pub(crate) fn run_command(&mut self, command: Command) -> Result<()> {
        match command {
            Command::Engine | Command::Fetch(_) | Command::Declare(_) | Command::Copy(_) => {
                return Err(Error::internal("a statement with rows is none of the session"));
            }
            Command::Empty => {
                backend::bare(&mut self.wire.out, backend::EMPTY_QUERY);
            }
            Command::Begin { tag, isolation } => {
                let warning = self.transaction.begin();
                self.isolate(isolation)?;
                self.warn(warning);
                self.complete(tag);
            }
            Command::Commit { chains } => self.end_transaction("COMMIT", chains)?,
            Command::Rollback { chains } => self.end_transaction("ROLLBACK", chains)?,
            Command::Savepoint(name) => {
                self.transaction.savepoint(name, self.session.settings_mark())?;
                self.complete("SAVEPOINT");
            }
            Command::Release(name) => {
                self.transaction.release(&name)?;
                self.kept.release_savepoint(self.transaction.depth());
                self.complete("RELEASE");
            }
            Command::RollbackTo(name) => {
                let settings = self.transaction.roll_back_to(&name)?;
                self.kept.roll_back_to_savepoint(self.transaction.depth());
                self.session.restore_settings(settings);
                self.complete("ROLLBACK");
            }
            Command::Characteristics { isolation, is_session } => {
                self.characterise(isolation, is_session)?;
            }
            Command::Constraints => self.complete("SET CONSTRAINTS"),
            Command::CloseCursor(Some(name)) => {
                if !self.kept.remove_portal(&name) {
                    return Err(unknown_cursor(&name));
                }
                self.complete("CLOSE CURSOR");
            }
            Command::CloseCursor(None) => {
                self.kept.clear_portals(true);
                self.complete("CLOSE CURSOR ALL");
            }
            Command::Deallocate(Some(name)) => {
                if !self.kept.remove_statement(&name) {
                    let message = format!("prepared statement \"{name}\" does not exist");
                    return Err(Error::new(SqlState::InvalidSqlStatementName, message));
                }
                self.complete("DEALLOCATE");
            }
            Command::Deallocate(None) => {
                self.kept.clear_statements();
                self.complete("DEALLOCATE ALL");
            }
            Command::DiscardAll => {
                self.transaction.refuse("DISCARD ALL")?;
                self.kept.clear_portals(true);
                self.kept.clear_statements();
                self.session.discard();
                self.complete("DISCARD ALL");
            }
            Command::Discard { tag } | Command::Unlisten { tag } => self.complete(tag),
        }
        Ok(())
    }

    /// Answers COPY … TO STDOUT.
    pub(crate) async fn copy_out(
        &mut self,
        copy: &copy::CopyOut,
        statement: &str,
        parameters: &[Parameter],
    ) -> Result<()> {
        let query = copy.query(statement);
        let answer = self.execution.answer(&mut self.wire, query, parameters).await;
        let answer = answer.map_err(|error| copy.place_error(error))?;
        let mut cursor = Cursor::new(answer);
        self.note_completeness(&mut cursor);
        copy.send(self, &mut cursor).await
    }
}

/// Returns where a statement begins in the text that it is a slice of.
fn offset_in(text: &str, statement: &str) -> usize {
    statement.as_ptr().addr() - text.as_ptr().addr()
}

/// Refuses a statement that does not read as one (42601); whatever else is wrong with it is found when it runs.
fn check_syntax(statement: &str) -> Result<()> {
    let command = match Command::read(statement) {
        Err(error) if error.sqlstate() != SqlState::SyntaxError => return Ok(()),
        command => command?,
    };
    match command {
        Command::Engine => check_query(statement),
        Command::Declare(declare) => {
            let query = statement.get(declare.query..).unwrap_or_default();
            check_query(query).map_err(|error| moved(error, declare.query))
        }
        Command::Copy(copy) => {
            check_query(copy.query(statement)).map_err(|error| copy.place_error(error))
        }
        _ => Ok(()),
    }
}
