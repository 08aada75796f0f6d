//! Portals: a statement with its values, ready to give rows, all or some at a time. Cursors of SQL are portals too.

use crate::cursor::Cursor;
use crate::prepared::Prepared;
use census_engine::{Parameter, ParameterValue};
use census_error::{Error, Result, SqlState};
use std::collections::HashMap;
use std::sync::Arc;

/// A statement and the values of its parameters.
pub(crate) struct Portal {
    pub(crate) prepared: Arc<Prepared>,
    pub(crate) parameters: Vec<Parameter>,
    /// The formats of the columns, as Bind gives them.
    pub(crate) formats: Vec<i16>,
    pub(crate) state: PortalState,
    /// Whether it outlives the transaction.
    pub(crate) is_held: bool,
    /// How many savepoints there were when it was made; `None` where no transaction that goes on has made it.
    pub(crate) level: Option<usize>,
}

/// How far a portal has come.
pub(crate) enum PortalState {
    /// It was not run.
    Ready,
    /// It gives rows.
    Open(Box<Cursor>),
    /// It is a FETCH with so many rows still to give; `None` is all of the cursor's.
    Fetching(Option<usize>),
    /// It has run; where it gave rows, this is what a client is told that asks for more.
    Finished(Option<String>),
}

impl Portal {
    /// Returns how many bytes are kept for the values.
    fn bytes(&self) -> usize {
        self.parameters.iter().map(|parameter| bytes(&parameter.value)).sum()
    }
}

fn bytes(value: &ParameterValue) -> usize {
    match value {
        ParameterValue::Null => 1,
        ParameterValue::Text(text) => text.len(),
        ParameterValue::List(items) => items.iter().map(bytes).sum(),
    }
}

/// What a session keeps by name, within limits.
pub(crate) struct Kept {
    statements: HashMap<String, Arc<Prepared>>,
    portals: HashMap<String, Portal>,
    most: usize,
    most_bytes: usize,
}

impl Kept {
    pub(crate) fn new(most: usize, most_bytes: usize) -> Self {
        Self { statements: HashMap::new(), portals: HashMap::new(), most, most_bytes }
    }

    /// Keeps a statement; the one without name takes the place of the one before.
    ///
    /// # Errors
    /// 42P05 for a name that is taken, 53400 where too much is kept.
    pub(crate) fn put_statement(&mut self, name: String, statement: Prepared) -> Result<()> {
        if !name.is_empty() && self.statements.contains_key(&name) {
            let message = format!("prepared statement \"{name}\" already exists");
            return Err(Error::new(SqlState::DuplicatePreparedStatement, message));
        }
        self.check("prepared statements", self.statements.len(), statement.bytes())?;
        self.statements.insert(name, Arc::new(statement));
        Ok(())
    }

    /// Returns a statement.
    ///
    /// # Errors
    /// 26000 for a name that no statement has.
    pub(crate) fn statement(&self, name: &str) -> Result<Arc<Prepared>> {
        self.statements.get(name).cloned().ok_or_else(|| unknown_statement(name))
    }

    /// Forgets a statement; false where there is none.
    pub(crate) fn remove_statement(&mut self, name: &str) -> bool {
        self.statements.remove(name).is_some()
    }

    pub(crate) fn clear_statements(&mut self) {
        self.statements.clear();
    }

    /// Keeps a portal; the one without name takes the place of the one before.
    ///
    /// # Errors
    /// 42P03 for a name that is taken, 53400 where too much is kept.
    pub(crate) fn put_portal(&mut self, name: String, portal: Portal) -> Result<()> {
        self.check_portal(&name, &portal)?;
        self.portals.insert(name, portal);
        Ok(())
    }

    /// Refuses a name that is taken (42P03), and more than may be kept (53400).
    pub(crate) fn check_portal(&self, name: &str, portal: &Portal) -> Result<()> {
        if !name.is_empty() && self.portals.contains_key(name) {
            let message = format!("cursor \"{name}\" already exists");
            return Err(Error::new(SqlState::DuplicateCursor, message));
        }
        self.check("portals", self.portals.len(), portal.bytes())
    }

    /// Returns a portal.
    ///
    /// # Errors
    /// 34000 for a name that no portal has.
    pub(crate) fn portal(&mut self, name: &str) -> Result<&mut Portal> {
        self.portals.get_mut(name).ok_or_else(|| unknown_portal(name))
    }

    /// Takes a portal out to run it.
    ///
    /// # Errors
    /// 34000 for a name that no portal has.
    pub(crate) fn take_portal(&mut self, name: &str) -> Result<Portal> {
        self.portals.remove(name).ok_or_else(|| unknown_portal(name))
    }

    /// Takes a portal out that a statement names as a cursor.
    ///
    /// # Errors
    /// 34000 for a name that no portal has.
    pub(crate) fn take_cursor(&mut self, name: &str) -> Result<Portal> {
        self.portals.remove(name).ok_or_else(|| unknown_cursor(name))
    }

    /// Puts a portal back that was taken out.
    pub(crate) fn return_portal(&mut self, name: String, portal: Portal) {
        self.portals.insert(name, portal);
    }

    /// Forgets a portal; false where there is none.
    pub(crate) fn remove_portal(&mut self, name: &str) -> bool {
        self.portals.remove(name).is_some()
    }

    /// Forgets all portals, or those that do not outlive a transaction.
    pub(crate) fn clear_portals(&mut self, with_held: bool) {
        self.portals.retain(|_, portal| portal.is_held && !with_held);
    }

    /// Forgets the portals of a transaction that ends, but those that are committed to outlive it.
    pub(crate) fn end_transaction(&mut self, is_committed: bool) {
        self.portals.retain(|_, portal| portal.is_held && (is_committed || portal.level.is_none()));
        for portal in self.portals.values_mut() {
            portal.level = None;
        }
    }

    /// Leaves the portals that were made after a savepoint to the one before; `depth` savepoints are left.
    pub(crate) fn release_savepoint(&mut self, depth: usize) {
        for portal in self.portals.values_mut() {
            portal.level = portal.level.map(|level| level.min(depth));
        }
    }

    /// Forgets the portals that were made after a savepoint; with it, `depth` are left.
    pub(crate) fn roll_back_to_savepoint(&mut self, depth: usize) {
        self.portals.retain(|_, portal| portal.level.is_none_or(|level| level < depth));
    }

    fn check(&self, what: &str, count: usize, further: usize) -> Result<()> {
        let limit = |message: String| Error::new(SqlState::ConfigurationLimitExceeded, message);
        if count >= self.most {
            return Err(limit(format!("too many {what} in one session")));
        }
        let statements = self.statements.values().map(|statement| statement.bytes());
        let portals = self.portals.values().map(Portal::bytes);
        let kept: usize = statements.chain(portals).sum();
        if kept + further > self.most_bytes {
            return Err(limit(
                "prepared statements and their values take too much memory".to_owned(),
            ));
        }
        Ok(())
    }
}

fn unknown_statement(name: &str) -> Error {
    let message = if name.is_empty() {
        "unnamed prepared statement does not exist".to_owned()
    } else {
        format!("prepared statement \"{name}\" does not exist")
    };
    Error::new(SqlState::InvalidSqlStatementName, message)
}

fn unknown_portal(name: &str) -> Error {
    Error::new(SqlState::InvalidCursorName, format!("portal \"{name}\" does not exist"))
}

/// Returns the error for a cursor that does not exist.
pub(crate) fn unknown_cursor(name: &str) -> Error {
    Error::new(SqlState::InvalidCursorName, format!("cursor \"{name}\" does not exist"))
}

/// Refuses another number of formats for the columns than one for all, or one each (08P01).
pub(crate) fn check_formats(formats: usize, columns: usize) -> Result<()> {
    if formats <= 1 || formats == columns {
        return Ok(());
    }
    let message =
        format!("bind message has {formats} result formats but query has {columns} columns");
    Err(Error::new(SqlState::ProtocolViolation, message))
}
