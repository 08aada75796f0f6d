//! A session: settings, and statements one after another.

use crate::answer::{self, Answer, Command};
use crate::catalog::Tables;
use crate::completeness::Completeness;
use crate::deadline::Deadline;
use crate::engine::Engine;
use crate::settings::{self, SettingValues};
use crate::{explain, planning, tables, tags};
use census_dialect::error_map::ErrorContext;
use census_dialect::{SettingName, Statement, relations};
use census_directory::Directory;
use census_error::{Error, Result};
use chrono::Utc;
use datafusion::arrow::array::{RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::sql::sqlparser::ast::Query;
use std::sync::{Arc, Mutex, PoisonError};

/// One client's settings over an engine.
pub struct Session {
    engine: Engine,
    settings: Mutex<SettingValues>,
}

/// A query ready to run.
pub(crate) struct Prepared {
    pub(crate) state: SessionState,
    pub(crate) logical: LogicalPlan,
    pub(crate) physical: Arc<dyn ExecutionPlan>,
    pub(crate) context: ErrorContext,
    pub(crate) completeness: Completeness,
}

impl Session {
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine, settings: Mutex::new(SettingValues::new(Utc::now())) }
    }

    /// Returns the datasets that can be asked.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        self.engine.directory()
    }

    /// Answers one statement; rows are computed as they are taken.
    ///
    /// # Errors
    /// Those of the statement, with their place in it; 57P03 where the answer would be incomplete and
    /// `census.require_complete` is on; those of the store. Errors that only running can find come with the rows.
    pub async fn query(&self, sql: &str) -> Result<Answer> {
        let deadline = Deadline::after(self.settings().statement_timeout());
        match Statement::parse(sql)? {
            Statement::Query(query) => self.select(sql, &query, deadline).await,
            Statement::Explain { analyze, verbose, query } => {
                let explained = async {
                    let prepared = self.prepare(sql, &query).await?;
                    explain::answer(prepared, analyze, verbose).await
                };
                deadline.hold(explained).await
            }
            Statement::Show(SettingName::All) => {
                Ok(Answer::of_batch(Command::Show, tables::settings(&self.settings())?))
            }
            Statement::Show(SettingName::One(name)) => self.show(&name),
            Statement::Set { name, value } => {
                self.change(|settings| settings.set(&name, &value))?;
                Ok(Answer::without_rows(Command::Set))
            }
            Statement::Reset(name) => {
                self.change(|settings| settings.reset(&name))?;
                Ok(Answer::without_rows(Command::Reset))
            }
        }
    }

    /// Returns the value that a setting has.
    ///
    /// # Errors
    /// 42704 for one that does not exist.
    pub fn setting(&self, name: &str) -> Result<String> {
        Ok(self.settings().value(settings::find(name)?.name).to_owned())
    }

    async fn select(&self, sql: &str, query: &Query, deadline: Deadline) -> Result<Answer> {
        let prepared = deadline.hold(self.prepare(sql, query)).await?;
        if self.settings().requires_complete() {
            prepared.completeness.require()?;
        }
        let schema = answer::shown_schema(&prepared.physical.schema());
        let stream = execute_stream(prepared.physical, prepared.state.task_ctx())
            .map_err(|error| prepared.context.map(error))?;
        Ok(Answer {
            rows: answer::rows(stream, Arc::clone(&schema), prepared.context, deadline),
            schema,
            completeness: prepared.completeness,
            command: Command::Select,
        })
    }

    async fn prepare(&self, sql: &str, query: &Query) -> Result<Prepared> {
        let settings = self.settings();
        let relations = relations(sql, query)?;
        let tables = Tables::open(&self.engine, &settings, &relations).await?;
        let mut state = self.engine.state().clone();
        state.mark_start_execution();
        let mut context = ErrorContext::new(sql)
            .with_query(query)
            .with_tags(tables.tags())
            .with_functions(planning::function_names(&state));
        let logical = tags::plan(&state, &tables, &mut context, query).await?;
        let logical = state.optimize(&logical).map_err(|error| context.map(error))?;
        let physical = state
            .query_planner()
            .create_physical_plan(&logical, &state)
            .await
            .map_err(|error| context.map(error))?;
        let completeness = self.completeness(tables).await?;
        Ok(Prepared { state, logical, physical, context, completeness })
    }

    async fn completeness(&self, tables: Tables) -> Result<Completeness> {
        if tables.datasets.is_empty() {
            return Ok(Completeness::default());
        }
        let datasets: Vec<&str> = tables.datasets.iter().map(String::as_str).collect();
        let coverage = self.engine.store().coverage(&datasets).await?;
        Ok(Completeness::of(tables.datasets.clone(), &coverage))
    }

    fn show(&self, name: &str) -> Result<Answer> {
        let value = self.setting(name)?;
        let schema = Schema::new(vec![Field::new(name, DataType::Utf8, false)]);
        let column = Arc::new(StringArray::from_iter_values([value]));
        let batch =
            RecordBatch::try_new(Arc::new(schema), vec![column]).map_err(Error::internal)?;
        Ok(Answer::of_batch(Command::Show, batch))
    }

    /// Returns the settings as they are now.
    fn settings(&self) -> SettingValues {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut SettingValues) -> Result<()>) -> Result<()> {
        change(&mut self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
