//! The extended protocol: a statement is parsed, gets values, is described and run, in steps that clients combine.

use crate::client::{Client, has_rows, tag};
use crate::command::{Command, Fetch};
use crate::command_reader::CommandReader;
use crate::encode;
use crate::error::PgError;
use crate::parameter;
use crate::portal::{Portal, PortalState, check_formats};
use crate::prepared::Prepared;
use crate::wire::backend;
use crate::wire::frontend::{Bind, Message, Target};
use census_engine::{Description, Parameter, placed_types};
use census_error::{Error, Result, Span, SqlState};
use std::borrow::Cow;
use std::sync::Arc;
use tokio::sync::OnceCell;

/// The words that a statement begins with which has no effect but its rows.
const QUERIES: [&str; 4] = ["select", "with", "values", "table"];

impl Client {
    /// Does one step.
    ///
    /// # Errors
    /// Whatever is wrong with it; until the next Sync nothing else counts.
    pub(crate) async fn run_extended(&mut self, message: Message) -> Result<()> {
        match message {
            Message::Parse { name, query, types } => self.parse(name, query, types),
            Message::Bind(bind) => self.bind(bind).await,
            Message::Describe { target: Target::Statement, name } => {
                self.describe_statement(&name).await
            }
            Message::Describe { target: Target::Portal, name } => self.describe_portal(&name).await,
            Message::Execute { portal, limit } => self.execute(&portal, limit).await,
            Message::Close { target, name } => {
                // Closing what is not there is no error.
                match target {
                    Target::Statement => self.kept.remove_statement(&name),
                    Target::Portal => self.kept.remove_portal(&name),
                };
                backend::bare(&mut self.wire.out, backend::CLOSE_COMPLETE);
                Ok(())
            }
            Message::Flush => Ok(self.wire.flush().await?),
            _ => Err(Error::internal("no message of the extended protocol")),
        }
    }

    /// Returns the text of the statement that a step is about, for the place of an error in it.
    pub(crate) fn text_of(&mut self, message: &Message) -> Cow<'static, str> {
        let prepared = match message {
            Message::Bind(Bind { statement: name, .. })
            | Message::Describe { target: Target::Statement, name } => self.kept.statement(name),
            Message::Describe { target: Target::Portal, name }
            | Message::Execute { portal: name, .. } => {
                self.kept.portal(name).map(|portal| Arc::clone(&portal.prepared))
            }
            _ => return Cow::Borrowed(""),
        };
        prepared.map_or(Cow::Borrowed(""), |prepared| Cow::Owned(prepared.text.clone()))
    }

    /// Ends a series of steps: portals do not outlive it outside of a transaction.
    pub(crate) async fn synchronise(&mut self) -> Result<(), PgError> {
        if self.transaction.is_idle() {
            self.kept.clear_portals(false);
        }
        self.ready().await
    }

    fn parse(&mut self, name: String, text: String, given: Vec<u32>) -> Result<()> {
        let command = Command::read(&text)?;
        if !command.ends_transaction() {
            self.transaction.check()?;
        }
        let prepared = Prepared { text, command, given, description: OnceCell::new() };
        self.kept.put_statement(name, prepared)?;
        backend::bare(&mut self.wire.out, backend::PARSE_COMPLETE);
        Ok(())
    }

    async fn bind(&mut self, bind: Bind) -> Result<()> {
        let prepared = self.kept.statement(&bind.statement)?;
        check_formats("parameter", bind.parameter_formats.len(), bind.parameters.len())?;
        let parameters = self.values(&prepared, &bind).await?;
        let is_held = false;
        let portal = Portal {
            prepared,
            parameters,
            formats: bind.result_formats,
            state: PortalState::Ready,
            is_held,
        };
        self.kept.put_portal(bind.portal, portal)?;
        backend::bare(&mut self.wire.out, backend::BIND_COMPLETE);
        Ok(())
    }

    /// Reads the values of the parameters. Types that nobody has asked for yet are found out only where bytes cannot
    /// be read without them: a text without type takes that of its surroundings.
    async fn values(&mut self, prepared: &Arc<Prepared>, bind: &Bind) -> Result<Vec<Parameter>> {
        let count = bind.parameters.len();
        let mut types = prepared.given_types();
        types.resize(types.len().max(count), None);
        let format = |place| encode::format_of(&bind.parameter_formats, place);
        let needs_types = (0..count).any(|place| format(place) == 1 && types[place].is_none());
        if needs_types || prepared.description.initialized() {
            let description = self.description(prepared).await?;
            if description.parameters.len() != count {
                let message = format!(
                    "bind message supplies {count} parameters, but prepared statement \"{}\" requires {}",
                    bind.statement,
                    description.parameters.len()
                );
                return Err(Error::new(SqlState::ProtocolViolation, message));
            }
            types = description.parameters.iter().cloned().map(Some).collect();
        } else if types.contains(&None) && matches!(prepared.command, Command::Engine) {
            for (sql_type, placed) in types.iter_mut().zip(placed_types(prepared.query())?) {
                *sql_type = sql_type.take().or(placed);
            }
        }
        let values = bind.parameters.iter().zip(&types).enumerate();
        values
            .map(|(place, (bytes, sql_type))| {
                let oid = prepared.given.get(place).copied().unwrap_or_default();
                parameter::read(place + 1, bytes.as_ref(), format(place), oid, sql_type.as_ref())
            })
            .collect()
    }

    /// Returns what a statement takes and gives; it is found out once.
    async fn description(&mut self, prepared: &Arc<Prepared>) -> Result<Arc<Description>> {
        if let Some(known) = prepared.description.get() {
            return Ok(Arc::clone(known));
        }
        let (query, offset) = match &prepared.command {
            Command::Copy(copy) => (copy.query(&prepared.text), 0),
            _ => (prepared.query(), prepared.query_offset()),
        };
        let given = prepared.given_types();
        let described = Box::pin(self.session.describe(query, &given));
        let described = Self::hold(&mut self.wire, &self.registered, described).await;
        let described = Arc::new(described.map_err(|error| moved(error, offset))?);
        // Nobody else describes it meanwhile.
        let _ = prepared.description.set(Arc::clone(&described));
        Ok(described)
    }

    async fn describe_statement(&mut self, name: &str) -> Result<()> {
        let prepared = self.kept.statement(name)?;
        let has_columns = match &prepared.command {
            Command::Engine => true,
            Command::Declare(_) | Command::Copy(_) => false,
            Command::Fetch(fetch) => {
                backend::parameter_description(&mut self.wire.out, &[]);
                return self.describe_cursor(fetch).await;
            }
            _ => {
                backend::parameter_description(&mut self.wire.out, &[]);
                backend::bare(&mut self.wire.out, backend::NO_DATA);
                return Ok(());
            }
        };
        let description = self.description(&prepared).await?;
        // A type that the client gave is told as it was given: `varchar` stays one.
        let types: Vec<u32> = description
            .parameters
            .iter()
            .enumerate()
            .map(|(place, sql_type)| match prepared.given.get(place) {
                Some(oid) if *oid != 0 => *oid,
                _ => sql_type.oid(),
            })
            .collect();
        backend::parameter_description(&mut self.wire.out, &types);
        self.describe_columns(&description, &[], has_columns);
        Ok(())
    }

    async fn describe_portal(&mut self, name: &str) -> Result<()> {
        let mut portal = self.kept.take_portal(name)?;
        let done = self.describe_taken(&mut portal).await;
        self.kept.return_portal(name.to_owned(), portal);
        done
    }

    async fn describe_taken(&mut self, portal: &mut Portal) -> Result<()> {
        let prepared = Arc::clone(&portal.prepared);
        match &prepared.command {
            Command::Engine => {}
            Command::Fetch(fetch) => return self.describe_cursor(fetch).await,
            _ => {
                backend::bare(&mut self.wire.out, backend::NO_DATA);
                return Ok(());
            }
        }
        if let Some(description) = prepared.description.get() {
            check_formats("result", portal.formats.len(), description.schema.fields().len())?;
            self.describe_columns(&Arc::clone(description), &portal.formats, true);
            return Ok(());
        }
        if is_query(&prepared.text) {
            // It is planned once: what describes it is what will give the rows.
            self.open_portal(portal).await?;
        }
        if let PortalState::Open(cursor) = &portal.state {
            check_formats("result", portal.formats.len(), cursor.schema.fields().len())?;
            self.describe_rows(cursor, &portal.formats);
            return Ok(());
        }
        let description = self.description(&prepared).await?;
        self.describe_columns(&description, &portal.formats, true);
        Ok(())
    }

    fn describe_columns(&mut self, description: &Description, formats: &[i16], has_columns: bool) {
        let is_query = description.command == census_engine::Command::Select;
        if has_columns && (is_query || !description.schema.fields().is_empty()) {
            let columns = encode::describe(&description.schema, formats);
            backend::row_description(&mut self.wire.out, &columns);
        } else {
            backend::bare(&mut self.wire.out, backend::NO_DATA);
        }
    }

    /// Describes the rows that FETCH gives: those of the cursor.
    async fn describe_cursor(&mut self, fetch: &Fetch) -> Result<()> {
        if fetch.is_move {
            backend::bare(&mut self.wire.out, backend::NO_DATA);
            return Ok(());
        }
        let mut portal = self.kept.take_portal(&fetch.cursor)?;
        let opened = self.open_portal(&mut portal).await;
        if let (Ok(()), PortalState::Open(cursor)) = (&opened, &portal.state) {
            self.describe_rows(cursor, &portal.formats);
        }
        self.kept.return_portal(fetch.cursor.clone(), portal);
        opened
    }

    async fn execute(&mut self, name: &str, limit: usize) -> Result<()> {
        let mut portal = self.kept.take_portal(name)?;
        if !portal.prepared.command.ends_transaction() {
            self.transaction.check()?;
        }
        let limit = (limit > 0).then_some(limit);
        let done = self.execute_taken(&mut portal, limit).await;
        // A portal that has failed gives nothing any more.
        if done.is_ok() && outlives_its_statement(&portal) {
            self.kept.return_portal(name.to_owned(), portal);
        }
        done
    }

    async fn execute_taken(&mut self, portal: &mut Portal, limit: Option<usize>) -> Result<()> {
        let prepared = Arc::clone(&portal.prepared);
        match &prepared.command {
            Command::Engine => {}
            Command::Fetch(fetch) => return self.fetch(fetch, false).await,
            Command::Declare(declare) => {
                return self.declare(declare, &prepared.text, portal.parameters.clone());
            }
            Command::Copy(copy) => {
                return self.copy_out(copy, &prepared.text, &portal.parameters).await;
            }
            command => return self.run_command(command.clone()),
        }
        self.open_portal(portal).await?;
        let formats = portal.formats.clone();
        let PortalState::Open(cursor) = &mut portal.state else {
            // All rows were sent before.
            self.complete("SELECT 0");
            return Ok(());
        };
        if has_rows(cursor) {
            check_formats("result", formats.len(), cursor.schema.fields().len())?;
        }
        self.note_completeness(cursor);
        let sent = self.send_rows(cursor, &formats, limit).await?;
        if !sent.is_end {
            backend::bare(&mut self.wire.out, backend::PORTAL_SUSPENDED);
            return Ok(());
        }
        let tag = tag(cursor.command, sent.rows);
        portal.state = PortalState::Finished;
        self.complete(&tag);
        Ok(())
    }
}

/// Tells whether a portal is still there after its statement: COMMIT ends them all.
fn outlives_its_statement(portal: &Portal) -> bool {
    !matches!(
        portal.prepared.command,
        Command::Commit { .. }
            | Command::Rollback { .. }
            | Command::DiscardAll
            | Command::CloseCursor(None)
    )
}

/// Tells whether a statement has no effect but its rows, so that describing it may begin to run it.
fn is_query(text: &str) -> bool {
    let first = CommandReader::new(text).next();
    first.is_some_and(|word| QUERIES.contains(&word.text.as_str()))
}

/// Returns an error of a query with its place in the statement around it.
fn moved(error: Error, offset: usize) -> Error {
    match error.span() {
        Some(Span { start, end }) if offset > 0 => {
            error.with_span(Span { start: start + offset, end: end + offset })
        }
        _ => error,
    }
}
