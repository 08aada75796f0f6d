//! Cursors of SQL: they are made, and give or pass over rows.

use crate::client::{Client, moved};
use crate::command::Command;
use crate::cursor::{Cursor, Way, backward};
use crate::cursor_command::{Declare, Direction, Fetch};
use crate::portal::{Portal, PortalState};
use crate::prepared::Prepared;
use census_engine::Parameter;
use census_error::Result;
use std::sync::Arc;

impl Client {
    /// Makes a cursor; its query is planned now, and gives rows when they are fetched.
    ///
    /// # Errors
    /// 25P01 outside of a transaction, 42P03 for a name that is taken, and those of the query.
    pub(crate) async fn declare(
        &mut self,
        declare: &Declare,
        statement: &str,
        parameters: Vec<Parameter>,
    ) -> Result<()> {
        if !declare.is_held {
            self.transaction.require("DECLARE CURSOR")?;
        }
        let query = statement.get(declare.query..).unwrap_or_default().to_owned();
        let mut portal = Portal {
            prepared: Arc::new(Prepared::new(query, Command::Engine, Vec::new(), Vec::new())),
            parameters,
            formats: vec![declare.is_binary.into()],
            state: PortalState::Ready,
            is_held: declare.is_held,
            level: (!self.transaction.is_idle()).then(|| self.transaction.depth()),
        };
        self.kept.check_portal(&declare.name, &portal)?;
        let opened = self.open_portal(&mut portal).await;
        opened.map_err(|error| moved(error, declare.query))?;
        self.kept.put_portal(declare.name.clone(), portal)?;
        self.complete("DECLARE CURSOR");
        Ok(())
    }

    /// Answers FETCH or MOVE.
    ///
    /// # Errors
    /// 34000 for a cursor that does not exist, 55000 for rows that lie behind, and those of its query.
    pub(crate) async fn fetch(&mut self, fetch: &Fetch, describes: bool) -> Result<()> {
        let rows = self.fetch_rows(fetch, describes).await?;
        self.complete(&format!("{} {rows}", fetch.word()));
        Ok(())
    }

    /// Sends, or passes over, rows of a cursor; returns how many.
    ///
    /// # Errors
    /// Those of [`Client::fetch`].
    pub(crate) async fn fetch_rows(&mut self, fetch: &Fetch, describes: bool) -> Result<usize> {
        let mut portal = self.kept.take_cursor(&fetch.cursor)?;
        let done = self.fetch_from(&mut portal, fetch, describes).await;
        self.kept.return_portal(fetch.cursor.clone(), portal);
        done
    }

    async fn fetch_from(
        &mut self,
        portal: &mut Portal,
        fetch: &Fetch,
        describes: bool,
    ) -> Result<usize> {
        self.open_portal(portal).await?;
        let formats = portal.formats.clone();
        let PortalState::Open(cursor) = &mut portal.state else {
            return match fetch.direction {
                Direction::Backward => Err(backward()),
                _ => Ok(0),
            };
        };
        let (passed, given) = match cursor.way(fetch.direction)? {
            Way::Ahead { passed, given } => (passed, given),
            Way::Stay if fetch.is_move => return Ok(1),
            Way::Stay => return Err(backward()),
        };
        self.pass_rows(cursor, Some(passed)).await?;
        if fetch.is_move {
            return self.pass_rows(cursor, given).await;
        }
        if describes {
            self.describe_rows(cursor, &formats);
        }
        self.note_completeness(cursor);
        Ok(self.send_rows(cursor, &formats, given).await?.rows)
    }

    async fn pass_rows(&mut self, cursor: &mut Cursor, count: Option<usize>) -> Result<usize> {
        let mut passed = 0;
        loop {
            let left = count.map_or(usize::MAX, |count| count - passed);
            if left == 0 {
                return Ok(passed);
            }
            let next = cursor.next(left);
            match self.execution.hold(&mut self.wire, next).await? {
                Some(batch) => passed += batch.num_rows(),
                None => return Ok(passed),
            }
        }
    }

    /// Runs the statement of a portal that was not run, so that it has rows to give.
    ///
    /// # Errors
    /// Those of the statement.
    pub(crate) async fn open_portal(&mut self, portal: &mut Portal) -> Result<()> {
        if matches!(portal.state, PortalState::Ready) {
            let statement = &portal.prepared.text;
            let answer =
                self.execution.answer(&mut self.wire, statement, &portal.parameters).await?;
            portal.state = PortalState::Open(Box::new(Cursor::new(answer)));
        }
        Ok(())
    }
}
