//! What a statement gives: columns, rows as they are computed, and how complete they are.

use crate::completeness::Completeness;
use crate::deadline::Deadline;
use census_dialect::error_map::ErrorContext;
use census_dialect::output_names;
use census_error::{Error, Result, SqlState};
use census_types::{json, stored_array, stored_field};
use datafusion::arrow::datatypes::{DataType, FieldRef, Schema, SchemaRef};
use datafusion::arrow::record_batch::{RecordBatch, RecordBatchOptions};
use datafusion::physical_plan::SendableRecordBatchStream;
use futures::stream::BoxStream;
use futures::{StreamExt, stream};
use std::sync::Arc;

/// Rows as they are computed; after an error nothing follows. Dropping them cancels the statement.
pub type Rows = BoxStream<'static, Result<RecordBatch>>;

/// The answer to one statement.
pub struct Answer {
    /// The columns, with extension types in the fields' metadata; names may repeat, as in PostgreSQL.
    pub schema: SchemaRef,
    /// The rows.
    pub rows: Rows,
    /// How complete the rows are.
    pub completeness: Completeness,
    /// What kind of statement it was.
    pub command: Command,
}

/// A kind of statement, for clients that are told what ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Command {
    /// A query.
    Select,
    /// EXPLAIN.
    Explain,
    /// SHOW.
    Show,
    /// SET; it has no columns.
    Set,
    /// RESET; it has no columns.
    Reset,
    /// CREATE TEMP TABLE; it has no columns.
    CreateTable,
    /// INSERT of so many rows; it has no columns.
    Insert(usize),
    /// DROP TABLE; it has no columns.
    DropTable,
}

impl Answer {
    /// Returns rows that are already there and speak of no dataset.
    pub(crate) fn of_batch(command: Command, batch: RecordBatch) -> Self {
        Self {
            schema: batch.schema(),
            rows: stream::iter([Ok(batch)]).boxed(),
            completeness: Completeness::default(),
            command,
        }
    }

    /// Returns the answer of a statement that has no rows.
    pub(crate) fn without_rows(command: Command) -> Self {
        Self {
            schema: Arc::new(Schema::empty()),
            rows: stream::empty().boxed(),
            completeness: Completeness::default(),
            command,
        }
    }
}

/// Returns the columns of a plan under the names that PostgreSQL gives them, json and inet as they are answered.
pub(crate) fn shown_schema(schema: &Schema) -> SchemaRef {
    let named = named_schema(schema);
    let fields: Vec<FieldRef> =
        named.fields().iter().map(|field| Arc::new(stored_field(field))).collect();
    Arc::new(Schema::new(fields))
}

/// Returns the columns of a plan under the names that PostgreSQL gives them, in the types of the engine.
pub(crate) fn named_schema(schema: &Schema) -> SchemaRef {
    let fields: Vec<FieldRef> = schema
        .fields()
        .iter()
        .map(|field| match output_names::plain(field.name()) {
            plain if plain == field.name() => Arc::clone(field),
            plain => Arc::new(field.as_ref().clone().with_name(plain)),
        })
        .collect();
    Arc::new(Schema::new(fields))
}

/// Refuses rows as values of columns, for which the engine has a form that PostgreSQL does not print (0A000).
pub(crate) fn check_rows(schema: &Schema) -> Result<()> {
    fn has_row(data_type: &DataType) -> bool {
        match data_type {
            DataType::Struct(_) => !json::is_json_type(data_type),
            DataType::List(item) => has_row(item.data_type()),
            _ => false,
        }
    }
    if schema.fields().iter().any(|field| has_row(field.data_type())) {
        let error = Error::new(SqlState::FeatureNotSupported, "rows as values are not supported");
        return Err(error.with_hint(
            "Select the columns of the row; json_build_object makes one value of them.",
        ));
    }
    Ok(())
}

/// Returns a plan's rows under the shown schema, with errors of Census, until a deadline.
pub(crate) fn rows(
    stream: SendableRecordBatchStream,
    schema: SchemaRef,
    context: ErrorContext,
    deadline: Deadline,
) -> Rows {
    let state = Some((stream, context));
    stream::unfold(state, move |state| {
        let schema = Arc::clone(&schema);
        async move {
            let (mut stream, context) = state?;
            let next = match deadline.hold(async { Ok(stream.next().await) }).await {
                Ok(next) => next,
                Err(error) => return Some((Err(error), None)),
            };
            match next? {
                Ok(batch) => Some((shown(batch, schema), Some((stream, context)))),
                Err(error) => Some((Err(context.map(error)), None)),
            }
        }
    })
    .fuse()
    .boxed()
}

/// Returns a batch of the engine under the shown schema.
fn shown(batch: RecordBatch, schema: SchemaRef) -> Result<RecordBatch> {
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    let (_, columns, _) = batch.into_parts();
    let columns = columns.iter().map(stored_array).collect();
    RecordBatch::try_new_with_options(schema, columns, &options).map_err(Error::internal)
}
