//! The rows of an answer, taken in pieces as a client asks for them.

use census_engine::{Answer, Command, Completeness, Rows};
use census_error::Result;
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
    rows: Rows,
    /// The batch that rows are taken of, and how many have been.
    batch: Option<(RecordBatch, usize)>,
}

impl Cursor {
    /// Takes an answer of which no row was taken.
    pub(crate) fn new(answer: Answer) -> Self {
        Self {
            schema: answer.schema,
            command: answer.command,
            completeness: answer.completeness,
            is_noted: false,
            rows: answer.rows,
            batch: None,
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
                    return Ok(Some(slice));
                }
            }
            // A batch that is done with is given back before the next is waited for.
            self.batch = None;
            match self.rows.next().await {
                Some(batch) => self.batch = Some((batch?, 0)),
                None => return Ok(None),
            }
        }
    }
}
