//! Temporary tables: rows of one session, in memory, within what all statements may take.

use crate::answer::{Answer, Command, named_schema};
use crate::completeness::Completeness;
use crate::session::Session;
use census_dialect::{
    DialectError, Statement, cast_columns, parse_type, refuse_write, with_literal_types,
};
use census_error::{Error, Result, SqlState};
use census_types::SqlType;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{FieldRef, Schema, SchemaRef};
use datafusion::catalog::TableProvider;
use datafusion::datasource::MemTable;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::physical_plan::execute_stream;
use datafusion::sql::sqlparser::ast::{self, Query};
use futures::TryStreamExt;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The temporary tables of a session, by name.
pub(crate) type TemporaryTables = BTreeMap<String, TemporaryTable>;

/// A table and its rows; a clone shares them.
#[derive(Clone)]
pub(crate) struct TemporaryTable {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
    /// How complete the answers were that the rows come from.
    pub(crate) completeness: Completeness,
    /// What the rows take; given back when the last clone is gone.
    reservations: Vec<Arc<MemoryReservation>>,
}

impl TemporaryTable {
    /// Returns the rows as a statement reads them.
    pub(crate) fn provider(&self) -> Result<Arc<dyn TableProvider>> {
        let rows = vec![self.batches.clone()];
        let table = MemTable::try_new(Arc::clone(&self.schema), rows).map_err(Error::internal)?;
        Ok(Arc::new(table))
    }
}

impl Session {
    /// Runs CREATE TEMP TABLE, INSERT INTO or DROP TABLE.
    pub(crate) async fn change_temporary(&self, sql: &str, statement: Statement) -> Result<Answer> {
        match statement {
            Statement::CreateTemporary { name, if_not_exists, query } => {
                self.create_temporary(sql, &name, if_not_exists, &query).await
            }
            Statement::Insert { table, columns, query } => {
                self.insert(sql, &table, &columns, *query).await
            }
            Statement::DropTemporary { names, if_exists } => {
                let mut tables = self.temporary();
                for name in &names {
                    if !tables.contains_key(name) && !if_exists {
                        return Err(self.refused("DROP TABLE", name));
                    }
                }
                tables.retain(|name, _| !names.contains(name));
                Ok(Answer::without_rows(Command::DropTable))
            }
            _ => Err(Error::internal("no statement about a temporary table")),
        }
    }

    async fn create_temporary(
        &self,
        sql: &str,
        name: &str,
        if_not_exists: bool,
        query: &Query,
    ) -> Result<Answer> {
        let is_there = self.temporary().contains_key(name);
        if is_there && if_not_exists {
            return Ok(Answer::without_rows(Command::CreateTable));
        }
        if is_there || self.is_relation(name) {
            let message = format!("relation \"{name}\" already exists");
            return Err(Error::new(SqlState::DuplicateTable, message));
        }
        let (schema, batches, completeness) = self.rows(sql, query).await?;
        let mut names = HashSet::new();
        for field in schema.fields() {
            if !names.insert(field.name()) {
                let message = format!("column \"{}\" specified more than once", field.name());
                return Err(Error::new(SqlState::DuplicateColumn, message));
            }
        }
        let fields: Vec<FieldRef> = schema
            .fields()
            .iter()
            .map(|field| Arc::new(field.as_ref().clone().with_nullable(true)))
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let mut table = TemporaryTable {
            schema,
            batches: Vec::new(),
            completeness: completeness.clone(),
            reservations: Vec::new(),
        };
        self.append(&mut table, batches)?;
        self.temporary().insert(name.to_owned(), table);
        Ok(Answer { completeness, ..Answer::without_rows(Command::CreateTable) })
    }

    async fn insert(
        &self,
        sql: &str,
        name: &str,
        columns: &[String],
        mut query: Query,
    ) -> Result<Answer> {
        let Some(table) = self.temporary().get(name).cloned() else {
            return Err(self.refused("INSERT", name));
        };
        let places = places(name, &table.schema, columns)?;
        let types = places.iter().filter_map(|place| table.schema.fields().get(*place));
        let types: Vec<ast::DataType> = types
            .map(|field| parse_type(&SqlType::from_field(field).name()))
            .collect::<Result<_>>()?;
        with_literal_types(&mut query, &types);
        let given = named_schema(&self.prepare(sql, &query).await?.physical.schema());
        let count = given.fields().len();
        if count > places.len() {
            return Err(Error::new(
                SqlState::SyntaxError,
                "INSERT has more expressions than target columns",
            ));
        }
        if !columns.is_empty() && count < places.len() {
            return Err(Error::new(
                SqlState::SyntaxError,
                "INSERT has more target columns than expressions",
            ));
        }
        for (given, place) in given.fields().iter().zip(&places) {
            if let Some(target) = table.schema.fields().get(*place) {
                check_assignment(given, target)?;
            }
        }
        let cast = cast_columns(&query, types.get(..count).unwrap_or_default())?;
        let (_, batches, completeness) = self.rows(sql, &cast).await?;
        let placed = batches.iter().map(|batch| placed(batch, &table.schema, &places));
        let placed = placed.collect::<Result<Vec<RecordBatch>>>()?;
        let rows = placed.iter().map(RecordBatch::num_rows).sum();
        let mut tables = self.temporary();
        let Some(table) = tables.get_mut(name) else {
            return Err(refuse_write("INSERT"));
        };
        self.append(table, placed)?;
        table.completeness.add(&completeness);
        Ok(Answer { completeness, ..Answer::without_rows(Command::Insert(rows)) })
    }

    /// Returns the error for a table that cannot be changed: it is a dataset, or it does not exist.
    fn refused(&self, command: &str, name: &str) -> Error {
        if self.is_relation(name) {
            return refuse_write(command);
        }
        DialectError::UnknownRelation { name: name.to_owned(), nearest: None, span: None }.into()
    }

    /// Returns all rows of a query, and how complete they are.
    async fn rows(
        &self,
        sql: &str,
        query: &Query,
    ) -> Result<(SchemaRef, Vec<RecordBatch>, Completeness)> {
        let deadline = self.deadline();
        let rows = async {
            let prepared = self.prepare(sql, query).await?;
            if self.requires_complete() {
                prepared.completeness.require()?;
            }
            let schema = named_schema(&prepared.physical.schema());
            let stream = execute_stream(prepared.physical, prepared.task)
                .map_err(|error| prepared.context.map(error))?;
            let batches: Vec<RecordBatch> =
                stream.try_collect().await.map_err(|error| prepared.context.map(error))?;
            Ok((schema, batches, prepared.completeness))
        };
        deadline.hold(rows).await
    }

    /// Adds rows to a table, if there is memory for them.
    fn append(&self, table: &mut TemporaryTable, batches: Vec<RecordBatch>) -> Result<()> {
        let size = batches.iter().map(RecordBatch::get_array_memory_size).sum();
        let reservation = MemoryConsumer::new("temporary table").register(self.memory());
        reservation.try_grow(size).map_err(|_| {
            Error::new(SqlState::OutOfMemory, "out of memory")
                .with_detail("temporary tables are kept in memory")
                .with_hint("DROP TABLE gives back what a temporary table takes.")
        })?;
        let schema = &table.schema;
        for batch in batches {
            let (_, columns, rows) = batch.into_parts();
            let options =
                datafusion::arrow::array::RecordBatchOptions::new().with_row_count(Some(rows));
            let batch = RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options);
            table.batches.push(batch.map_err(Error::internal)?);
        }
        table.reservations.push(Arc::new(reservation));
        Ok(())
    }
}

/// Returns the places of the columns to fill.
fn places(table: &str, schema: &Schema, columns: &[String]) -> Result<Vec<usize>> {
    if columns.is_empty() {
        return Ok((0..schema.fields().len()).collect());
    }
    let mut places = Vec::new();
    for column in columns {
        let Some((place, _)) = schema.column_with_name(column) else {
            let message = format!("column \"{column}\" of relation \"{table}\" does not exist");
            return Err(Error::new(SqlState::UndefinedColumn, message));
        };
        if places.contains(&place) {
            let message = format!("column \"{column}\" specified more than once");
            return Err(Error::new(SqlState::DuplicateColumn, message));
        }
        places.push(place);
    }
    Ok(places)
}

/// Refuses a value that PostgreSQL would not cast when it is assigned (42804).
fn check_assignment(given: &FieldRef, target: &FieldRef) -> Result<()> {
    let (from, to) = (SqlType::from_field(given), SqlType::from_field(target));
    let is_number = |sql_type: &SqlType| matches!(sql_type, SqlType::Int64 | SqlType::Float64);
    let is_time = |sql_type: &SqlType| {
        matches!(sql_type, SqlType::Timestamp | SqlType::Date | SqlType::TimestampTz)
    };
    let fits = from == to
        || given.data_type().is_null()
        || to == SqlType::Text
        || (is_number(&from) && is_number(&to))
        || (is_time(&from) && is_time(&to));
    if fits {
        return Ok(());
    }
    let message = format!(
        "column \"{}\" is of type {} but expression is of type {}",
        target.name(),
        to.name(),
        from.name()
    );
    Err(Error::new(SqlState::DatatypeMismatch, message).with_hint("The expression needs a cast."))
}

/// Returns rows in the columns of a table; those that are not filled are NULL.
fn placed(batch: &RecordBatch, schema: &SchemaRef, places: &[usize]) -> Result<RecordBatch> {
    let columns = schema.fields().iter().enumerate().map(|(place, field)| {
        let source = places.iter().position(|wanted| *wanted == place);
        match source.and_then(|source| batch.columns().get(source)) {
            Some(column) => Arc::clone(column),
            None => datafusion::arrow::array::new_null_array(field.data_type(), batch.num_rows()),
        }
    });
    RecordBatch::try_new(Arc::clone(schema), columns.collect()).map_err(Error::internal)
}
