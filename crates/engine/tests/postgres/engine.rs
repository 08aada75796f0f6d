//! The engine, asked as PostgreSQL is asked.

use crate::database::{Failure, Letter, cell};
use crate::support;
use census_engine::{Answer, Session};
use census_error::Error;
use census_types::{SqlType, TextFormatter};
use futures::StreamExt;
use sqllogictest::{AsyncDB, DBOutput};

/// A session of the engine.
pub struct Engine(Session);

impl Engine {
    /// Opens a session on a store of its own.
    pub async fn open() -> Self {
        Self(support::empty_session().await)
    }

    /// Runs a statement and returns its rows, cells as the engine prints them.
    pub async fn rows(&self, sql: &str) -> Result<Vec<Vec<Option<String>>>, Error> {
        self.answer(sql).await.map(|(_, rows)| rows)
    }

    async fn answer(&self, sql: &str) -> Result<(Vec<Letter>, Vec<Vec<Option<String>>>), Error> {
        let Answer { schema, rows: mut batches, .. } = self.0.query(sql).await?;
        let fields = schema.fields();
        let types = fields
            .iter()
            .map(|field| Letter::of_type(&SqlType::from_field(field).name()))
            .collect();
        let mut rows = Vec::new();
        while let Some(batch) = batches.next().await {
            let batch = batch?;
            let formatters: Vec<_> = fields
                .iter()
                .zip(batch.columns())
                .map(|(field, column)| TextFormatter::new(field, column.as_ref()).unwrap())
                .collect();
            for row in 0..batch.num_rows() {
                rows.push(formatters.iter().map(|formatter| text(formatter, row)).collect());
            }
        }
        Ok((types, rows))
    }
}

fn text(formatter: &TextFormatter<'_>, row: usize) -> Option<String> {
    let mut text = String::new();
    formatter.write(row, &mut text).then_some(text)
}

#[async_trait::async_trait]
impl AsyncDB for Engine {
    type Error = Failure;
    type ColumnType = Letter;

    async fn run(&mut self, sql: &str) -> Result<DBOutput<Letter>, Failure> {
        let (types, rows) = self.answer(sql).await.map_err(|error| Failure {
            sqlstate: error.sqlstate().code().to_owned(),
            message: error.message().to_owned(),
        })?;
        let rows = rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
        Ok(DBOutput::Rows { types, rows })
    }

    async fn shutdown(&mut self) {}

    fn engine_name(&self) -> &'static str {
        "census"
    }

    fn error_sql_state(failure: &Failure) -> Option<String> {
        Some(failure.sqlstate.clone())
    }
}
