//! The simple protocol: a text of one or more statements, each answered in text.

use crate::client::{Client, has_rows, tag};
use crate::command::{Command, Declare, Fetch};
use crate::copy;
use crate::cursor::Cursor;
use crate::error::Origin;
use crate::portal::{Portal, PortalState};
use crate::prepared::Prepared;
use crate::wire::backend;
use census_engine::{Parameter, split_statements};
use census_error::{Error, Result, SqlState};
use std::sync::Arc;
use tokio::sync::OnceCell;

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
        if statements.is_empty() {
            backend::bare(&mut self.wire.out, backend::EMPTY_QUERY);
        }
        for statement in statements {
            // Statements are slices of the text.
            let offset = statement.as_ptr().addr() - text.as_ptr().addr();
            self.registered.begin();
            let done = self.run_statement(statement).await;
            self.registered.end();
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
            Command::Declare(declare) => self.declare(&declare, statement, Vec::new()),
            Command::Copy(copy) => self.copy_out(&copy, statement, &[]).await,
            command => self.run_command(command),
        }
    }

    /// Answers a statement of the engine with all its rows.
    async fn run_query(&mut self, statement: &str) -> Result<()> {
        let answer = Box::pin(self.session.query(statement));
        let answer = Self::hold(&mut self.wire, &self.registered, answer).await?;
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
                self.complete("RELEASE");
            }
            Command::RollbackTo(name) => {
                let settings = self.transaction.roll_back_to(&name)?;
                self.session.restore_settings(settings);
                self.complete("ROLLBACK");
            }
            Command::Characteristics { isolation, is_session } => {
                self.characterise(isolation, is_session)?;
            }
            Command::Constraints => self.complete("SET CONSTRAINTS"),
            Command::CloseCursor(Some(name)) => {
                if !self.kept.remove_portal(&name) {
                    let message = format!("cursor \"{name}\" does not exist");
                    return Err(Error::new(SqlState::InvalidCursorName, message));
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
                self.kept.clear_portals(true);
                self.kept.clear_statements();
                self.session.discard();
                self.complete("DISCARD ALL");
            }
            Command::Discard { tag } | Command::Unlisten { tag } => self.complete(tag),
        }
        Ok(())
    }

    /// Makes a cursor; it runs when rows are fetched.
    pub(crate) fn declare(
        &mut self,
        declare: &Declare,
        statement: &str,
        parameters: Vec<Parameter>,
    ) -> Result<()> {
        if !declare.is_held {
            self.transaction.require("DECLARE CURSOR")?;
        }
        let prepared = Prepared {
            text: statement.get(declare.query..).unwrap_or_default().to_owned(),
            command: Command::Engine,
            given: Vec::new(),
            description: OnceCell::new(),
        };
        let portal = Portal {
            prepared: Arc::new(prepared),
            parameters,
            formats: vec![declare.is_binary.into()],
            state: PortalState::Ready,
            is_held: declare.is_held,
        };
        self.kept.put_portal(declare.name.clone(), portal)?;
        self.complete("DECLARE CURSOR");
        Ok(())
    }

    /// Sends, or passes over, rows of a cursor.
    pub(crate) async fn fetch(&mut self, fetch: &Fetch, describes: bool) -> Result<()> {
        let mut portal = self.kept.take_portal(&fetch.cursor)?;
        let done = self.fetch_from(&mut portal, fetch, describes).await;
        self.kept.return_portal(fetch.cursor.clone(), portal);
        done
    }

    async fn fetch_from(
        &mut self,
        portal: &mut Portal,
        fetch: &Fetch,
        describes: bool,
    ) -> Result<()> {
        self.open_portal(portal).await?;
        let formats = portal.formats.clone();
        let rows = match &mut portal.state {
            PortalState::Open(cursor) if fetch.is_move => {
                self.pass_rows(cursor, fetch.count).await?
            }
            PortalState::Open(cursor) => {
                if describes {
                    self.describe_rows(cursor, &formats);
                }
                self.note_completeness(cursor);
                self.send_rows(cursor, &formats, fetch.count).await?.rows
            }
            PortalState::Ready | PortalState::Finished => 0,
        };
        let word = if fetch.is_move { "MOVE" } else { "FETCH" };
        self.complete(&format!("{word} {rows}"));
        Ok(())
    }

    async fn pass_rows(&mut self, cursor: &mut Cursor, count: Option<usize>) -> Result<usize> {
        let mut passed = 0;
        loop {
            let left = count.map_or(usize::MAX, |count| count - passed);
            if left == 0 {
                return Ok(passed);
            }
            let next = cursor.next(left);
            match Self::hold(&mut self.wire, &self.registered, next).await? {
                Some(batch) => passed += batch.num_rows(),
                None => return Ok(passed),
            }
        }
    }

    /// Runs the statement of a portal that was not run, so that it has rows to give.
    pub(crate) async fn open_portal(&mut self, portal: &mut Portal) -> Result<()> {
        if matches!(portal.state, PortalState::Ready) {
            let statement = &portal.prepared.text;
            let answer = Box::pin(self.session.query_with(statement, &portal.parameters));
            let answer = Self::hold(&mut self.wire, &self.registered, answer).await?;
            portal.state = PortalState::Open(Box::new(Cursor::new(answer)));
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
        let answer = Box::pin(self.session.query_with(copy.query(statement), parameters));
        let answer = Self::hold(&mut self.wire, &self.registered, answer).await;
        let answer = answer.map_err(|error| copy.place_error(error))?;
        let mut cursor = Cursor::new(answer);
        self.note_completeness(&mut cursor);
        copy.send(self, &mut cursor).await
    }
}
