//! The extended protocol: a statement is parsed, gets values, is described and run, in steps that clients combine.

use crate::client::{Client, has_rows, moved, tag};
use crate::command::Command;
use crate::cursor_command::{Direction, Fetch, is_query};
use crate::encode;
use crate::error::PgError;
use crate::parameter;
use crate::portal::{Portal, PortalState, check_formats};
use crate::prepared::Prepared;
use crate::wire::backend;
use crate::wire::frontend::{Bind, Message, Target};
use census_engine::{Description, Parameter, placed_types, split_statements};
use census_error::{Error, Result, SqlState};
use std::borrow::Cow;
use std::sync::Arc;

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
        let command = match split_statements(&text)?.len() {
            0 => Command::Empty,
            1 => Command::read(&text)?,
            _ => {
                let message = "cannot insert multiple commands into a prepared statement";
                return Err(Error::new(SqlState::SyntaxError, message));
            }
        };
        if !command.ends_transaction() {
            self.transaction.check()?;
        }
        let placed = match &command {
            Command::Engine => placed_types(&text)?,
            Command::Declare(declare) => {
                let query = text.get(declare.query..).unwrap_or_default();
                placed_types(query).map_err(|error| moved(error, declare.query))?
            }
            Command::Copy(copy) => {
                placed_types(copy.query(&text)).map_err(|error| copy.place_error(error))?
            }
            _ => Vec::new(),
        };
        self.kept.put_statement(name, Prepared::new(text, command, given, placed))?;
        backend::bare(&mut self.wire.out, backend::PARSE_COMPLETE);
        Ok(())
    }

    async fn bind(&mut self, bind: Bind) -> Result<()> {
        let prepared = self.kept.statement(&bind.statement)?;
        check_values(&prepared, &bind)?;
        let parameters = self.values(&prepared, &bind).await?;
        let portal = Portal {
            prepared,
            parameters,
            formats: bind.result_formats,
            state: PortalState::Ready,
            is_held: false,
            level: (!self.transaction.is_idle()).then(|| self.transaction.depth()),
        };
        self.kept.put_portal(bind.portal, portal)?;
        backend::bare(&mut self.wire.out, backend::BIND_COMPLETE);
        Ok(())
    }

    /// Reads the values of the parameters. Types that nobody has asked for yet are found out only where bytes cannot
    /// be read without them: a text without type takes that of its surroundings.
    async fn values(&mut self, prepared: &Arc<Prepared>, bind: &Bind) -> Result<Vec<Parameter>> {
        let mut types = prepared.known_types();
        let format = |place| encode::format_of(&bind.parameter_formats, place);
        let needs_types =
            types.iter().enumerate().any(|(place, known)| format(place) == 1 && known.is_none());
        if needs_types || prepared.description.initialized() {
            let description = self.description(prepared).await?;
            types = description.parameters.iter().cloned().map(Some).collect();
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
        let described = self.execution.describe(&mut self.wire, query, given).await;
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
            check_formats(portal.formats.len(), description.schema.fields().len())?;
            self.describe_columns(&Arc::clone(description), &portal.formats, true);
            return Ok(());
        }
        if is_query(&prepared.text) {
            // It is planned once: what describes it is what will give the rows.
            self.open_portal(portal).await?;
        }
        if let PortalState::Open(cursor) = &portal.state {
            check_formats(portal.formats.len(), cursor.schema.fields().len())?;
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
        let mut portal = self.kept.take_cursor(&fetch.cursor)?;
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
        let done = self.execute_taken(name, &mut portal, limit).await;
        // A portal that has failed gives nothing any more.
        if done.is_ok() && outlives_its_statement(&portal) {
            self.kept.return_portal(name.to_owned(), portal);
        }
        done
    }

    async fn execute_taken(
        &mut self,
        name: &str,
        portal: &mut Portal,
        limit: Option<usize>,
    ) -> Result<()> {
        if let PortalState::Finished(again) = &portal.state {
            let Some(tag) = again else {
                let message = format!("portal \"{name}\" cannot be run");
                return Err(Error::new(SqlState::ObjectNotInPrerequisiteState, message));
            };
            self.complete(tag);
            return Ok(());
        }
        let prepared = Arc::clone(&portal.prepared);
        match &prepared.command {
            Command::Engine => return self.execute_query(portal, limit).await,
            Command::Fetch(fetch) if !fetch.is_move => {
                return self.execute_fetch(fetch, portal, limit).await;
            }
            Command::Fetch(fetch) => self.fetch(fetch, false).await?,
            Command::Declare(declare) => {
                self.declare(declare, &prepared.text, portal.parameters.clone()).await?;
            }
            Command::Copy(copy) => {
                self.copy_out(copy, &prepared.text, &portal.parameters).await?;
            }
            command => self.run_command(command.clone())?,
        }
        portal.state = PortalState::Finished(None);
        Ok(())
    }

    async fn execute_query(&mut self, portal: &mut Portal, limit: Option<usize>) -> Result<()> {
        self.open_portal(portal).await?;
        let PortalState::Open(cursor) = &mut portal.state else {
            return Err(Error::internal("a portal of a query is open, or has ended"));
        };
        if has_rows(cursor) {
            check_formats(portal.formats.len(), cursor.schema.fields().len())?;
        }
        self.note_completeness(cursor);
        let sent = self.send_rows(cursor, &portal.formats, limit).await?;
        if !sent.is_end {
            backend::bare(&mut self.wire.out, backend::PORTAL_SUSPENDED);
            return Ok(());
        }
        let command = cursor.command;
        let again = has_rows(cursor).then(|| tag(command, 0));
        portal.state = PortalState::Finished(again);
        self.complete(&tag(command, sent.rows));
        Ok(())
    }

    /// Runs FETCH, of whose rows the client may take some at a time.
    async fn execute_fetch(
        &mut self,
        fetch: &Fetch,
        portal: &mut Portal,
        limit: Option<usize>,
    ) -> Result<()> {
        let Direction::Forward(count) = fetch.direction else {
            // It gives one row at most.
            self.fetch(fetch, false).await?;
            portal.state = PortalState::Finished(Some("FETCH 0".to_owned()));
            return Ok(());
        };
        let left = match portal.state {
            PortalState::Fetching(left) => left,
            _ => count,
        };
        let rows = if matches!(portal.state, PortalState::Fetching(Some(0))) {
            0
        } else {
            let given = limit.into_iter().chain(left).min();
            let piece = Fetch { direction: Direction::Forward(given), ..fetch.clone() };
            self.fetch_rows(&piece, false).await?
        };
        if limit == Some(rows) {
            portal.state = PortalState::Fetching(left.map(|left| left - rows));
            backend::bare(&mut self.wire.out, backend::PORTAL_SUSPENDED);
            return Ok(());
        }
        portal.state = PortalState::Finished(Some("FETCH 0".to_owned()));
        self.complete(&format!("FETCH {rows}"));
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

/// Refuses another number of values than the statement takes, and of formats than one for all, or one each (08P01).
fn check_values(prepared: &Prepared, bind: &Bind) -> Result<()> {
    let violation = |message| Err(Error::new(SqlState::ProtocolViolation, message));
    let (count, formats) = (bind.parameters.len(), bind.parameter_formats.len());
    if formats > 1 && formats != count {
        return violation(format!(
            "bind message has {formats} parameter formats but {count} parameters"
        ));
    }
    let expected = prepared.parameter_count();
    if count != expected {
        return violation(format!(
            "bind message supplies {count} parameters, but prepared statement \"{}\" requires {expected}",
            bind.statement
        ));
    }
    Ok(())
}
