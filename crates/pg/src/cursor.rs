//! The rows of an answer, taken in pieces as a client asks for them.

use crate::cursor_command::Direction;
use census_engine::{Answer, Command, Completeness, Rows};
use census_error::{Error, Result, SqlState};
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::SchemaRef;
use futures::StreamExt;

/// An answer whose rows have been taken so far.
pub(crate) struct Cursor {
    pub(crate) schema: SchemaRef,
    pub(crate) command: Command,
    pub(crate) completeness: Completeness,
    /// Whether the client has been told how complete the answer is.
    pub(crate) is_noted: bool,
    /// The rows that are still to come; `None` after the last.
    rows: Option<Rows>,
    /// The batch that rows are taken of, and how many have been.
    batch: Option<(RecordBatch, usize)>,
    /// How many rows have been taken of all.
    taken: usize,
}

/// How a cursor that goes forward comes to the rows that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It passes over so many rows, and gives so many; `None` gives all.
    Ahead { passed: usize, given: Option<usize> },
    /// It stays on its row.
    Stay,
}

impl Cursor {
    /// Takes an answer of which no row was taken.
    pub(crate) fn new(answer: Answer) -> Self {
        Self {
            schema: answer.schema,
            command: answer.command,
            completeness: answer.completeness,
            is_noted: false,
            rows: Some(answer.rows),
            batch: None,
            taken: 0,
        }
    }

    /// Returns the way to the rows that are asked for; the rules are those of PostgreSQL's `DoPortalRunFetch`.
    ///
    /// # Errors
    /// 55000 where the way would lead back.
    pub(crate) fn way(&self, direction: Direction) -> Result<Way> {
        let is_after_end = self.rows.is_none();
        let is_on_row = self.taken > 0 && !is_after_end;
        let ahead = |passed: usize, given| Ok(Way::Ahead { passed, given });
        match direction {
            Direction::Forward(Some(0)) | Direction::Relative(0) if is_on_row => Ok(Way::Stay),
            Direction::Forward(given) => ahead(0, given),
            Direction::Relative(0) => ahead(0, Some(0)),
            Direction::Absolute(0) if self.taken == 0 && !is_after_end => ahead(0, Some(0)),
            Direction::Relative(distance) if distance > 0 => {
                ahead(distance.unsigned_abs() as usize - 1, Some(1))
            }
            Direction::Absolute(row) if row > 0 => {
                let place = self.taken + usize::from(is_after_end);
                match (row.unsigned_abs() as usize).checked_sub(place + 1) {
                    Some(passed) => ahead(passed, Some(1)),
                    None => Err(backward()),
                }
            }
            _ => Err(backward()),
        }
    }

    /// Takes up to so many rows, as many as are there without waiting; `None` at the end.
    ///
    /// # Errors
    /// Those that only running the statement finds; nothing follows them.
    pub(crate) async fn next(&mut self, most: usize) -> Result<Option<RecordBatch>> {
        loop {
            if let Some((batch, taken)) = &mut self.batch {
                let rows = most.min(batch.num_rows() - *taken);
                if rows > 0 {
                    let slice = batch.slice(*taken, rows);
                    *taken += rows;
                    self.taken += rows;
                    return Ok(Some(slice));
                }
            }
            // A batch that is done with is given back before the next is waited for.
            self.batch = None;
            let Some(rows) = &mut self.rows else { return Ok(None) };
            match rows.next().await {
                Some(Ok(batch)) => self.batch = Some((batch, 0)),
                last => {
                    self.rows = None;
                    return last.transpose();
                }
            }
        }
    }
}

/// Returns the error for a way back.
pub(crate) fn backward() -> Error {
    Error::new(SqlState::ObjectNotInPrerequisiteState, "cursor can only scan forward")
}
