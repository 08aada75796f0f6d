//! A session: settings, and statements one after another.

use crate::answer::{self, Answer, Command};
use crate::catalog::Tables;
use crate::completeness::Completeness;
use crate::deadline::Deadline;
use crate::engine::Engine;
use crate::settings::{self, SettingValues};
use crate::temporary::TemporaryTables;
use crate::{callable, catalog, explain, planning, scopes_read, tables, tags};
use census_dialect::error_map::ErrorContext;
use census_dialect::{Parameter, Parameters, SettingName, Statement, functions, relations};
use census_directory::Directory;
use census_error::{Error, Result};
use census_store::CoverageRow;
use chrono::Utc;
use datafusion::arrow::array::{RecordBatch, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::execution::memory_pool::MemoryPool;
use datafusion::execution::session_state::SessionState;
use datafusion::execution::{FunctionRegistry, TaskContext};
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::{ExecutionPlan, execute_stream};
use datafusion::sql::sqlparser::ast::Query;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// One client's settings over an engine.
pub struct Session {
    engine: Engine,
    settings: Arc<Mutex<SettingValues>>,
    temporary: Mutex<TemporaryTables>,
}

/// A query ready to run.
pub(crate) struct Prepared {
    pub(crate) task: Arc<TaskContext>,
    pub(crate) logical: LogicalPlan,
    pub(crate) physical: Arc<dyn ExecutionPlan>,
    pub(crate) context: ErrorContext,
    pub(crate) completeness: Completeness,
}

impl Session {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            engine,
            settings: Arc::new(Mutex::new(SettingValues::new(Utc::now()))),
            temporary: Mutex::default(),
        }
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
        self.query_with(sql, &[]).await
    }

    /// Answers one statement with the values of its parameters.
    ///
    /// # Errors
    /// Those of [`Session::query`]; 42P02 for a parameter that has no value.
    pub async fn query_with(&self, sql: &str, parameters: &[Parameter]) -> Result<Answer> {
        self.answer(sql, parameters, self.deadline()).await
    }

    /// Answers one statement as [`Session::query_with`] does, for a caller that sees to `statement_timeout` itself:
    /// its rows may be taken over several statements, each of which has its own time.
    ///
    /// # Errors
    /// Those of [`Session::query_with`].
    pub async fn query_untimed(&self, sql: &str, parameters: &[Parameter]) -> Result<Answer> {
        self.answer(sql, parameters, Deadline::NONE).await
    }

    async fn answer(
        &self,
        sql: &str,
        parameters: &[Parameter],
        deadline: Deadline,
    ) -> Result<Answer> {
        match Statement::parse_with(sql, Parameters::Values(parameters))? {
            Statement::Query(query) => self.select(sql, &query, deadline).await,
            Statement::Explain { analyze, verbose, query } => {
                let explained = async {
                    let prepared = self.prepare(sql, &query).await?;
                    explain::answer(prepared, analyze, verbose).await
                };
                deadline.hold(explained).await
            }
            statement @ (Statement::CreateTemporary { .. }
            | Statement::Insert { .. }
            | Statement::DropTemporary { .. }) => self.change_temporary(sql, statement).await,
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

    /// Returns how long a statement may run; zero is no limit.
    #[must_use]
    pub fn statement_timeout(&self) -> Duration {
        self.settings().statement_timeout()
    }

    /// Gives a setting the value that the session begins with and that RESET returns it to.
    ///
    /// # Errors
    /// 42704 for one that does not exist, 22023 for a value that it cannot have.
    pub fn begin_with(&self, name: &str, value: &str) -> Result<()> {
        self.change(|settings| settings.begin_with(name, value))
    }

    /// Forgets settings that were changed, and temporary tables, as DISCARD ALL does.
    pub fn discard(&self) {
        self.temporary().clear();
        // Every setting has a value to return to.
        let _ = self.change(|settings| settings.reset(&SettingName::All));
    }

    async fn select(&self, sql: &str, query: &Query, deadline: Deadline) -> Result<Answer> {
        let prepared = deadline.hold(self.prepare(sql, query)).await?;
        if self.settings().requires_complete() {
            prepared.completeness.require()?;
        }
        let schema = answer::shown_schema(&prepared.physical.schema());
        let stream = execute_stream(prepared.physical, prepared.task)
            .map_err(|error| prepared.context.map(error))?;
        Ok(Answer {
            rows: answer::rows(stream, Arc::clone(&schema), prepared.context, deadline),
            schema,
            completeness: prepared.completeness,
            command: Command::Select,
        })
    }

    /// Opens the tables of a query, and returns them with the state that it is planned in.
    pub(crate) async fn opened(&self, sql: &str, query: &Query) -> Result<(SessionState, Tables)> {
        let settings = self.settings();
        let relations = relations(sql, query)?;
        let temporary = self.temporary().clone();
        let tables = Tables::open(&self.engine, &settings, &temporary, &relations).await?;
        let mut state = self.engine.state().clone();
        state.mark_start_execution();
        let change = Arc::clone(&self.settings);
        for function in [
            functions::current_setting(settings.all()),
            functions::set_config(Arc::new(move |name, value| {
                settings::change(&change, name, value)
            })),
        ] {
            state.register_udf(Arc::new(function)).map_err(Error::internal)?;
        }
        Ok((state, tables))
    }

    pub(crate) async fn prepare(&self, sql: &str, query: &Query) -> Result<Prepared> {
        let (state, tables) = self.opened(sql, query).await?;
        let mut context = ErrorContext::new(sql)
            .with_query(query)
            .with_tags(tables.tags())
            .with_functions(callable::names());
        let logical = tags::plan(&state, &tables, &mut context, query).await?;
        let logical = state.optimize(&logical).map_err(|error| context.map(error))?;
        let physical =
            planning::physical(&state, &logical).await.map_err(|error| context.map(error))?;
        answer::check_rows(&physical.schema())?;
        let completeness = self.completeness(&logical, tables).await?;
        let task = self.engine.task(&state);
        Ok(Prepared { task, logical, physical, context, completeness })
    }

    /// Returns the coverage of these datasets.
    pub(crate) async fn coverage(&self, datasets: &[&str]) -> Result<Vec<CoverageRow>> {
        self.engine.store().coverage(datasets).await
    }

    async fn completeness(&self, plan: &LogicalPlan, tables: Tables) -> Result<Completeness> {
        if tables.datasets.is_empty() {
            return Ok(Completeness::default());
        }
        let datasets: Vec<&str> = tables.datasets.iter().map(String::as_str).collect();
        let coverage = self.engine.store().coverage(&datasets).await?;
        let tried = coverage.iter().map(|row| row.scope.dataset.clone()).collect();
        let read = scopes_read::read_by(plan, &tables, &coverage).map_err(Error::internal)?;
        Ok(Completeness::of(tables.datasets, &tried, &read))
    }

    fn show(&self, name: &str) -> Result<Answer> {
        let value = self.setting(name)?;
        let schema = Schema::new(vec![Field::new(name, DataType::Utf8, false)]);
        let column = Arc::new(StringArray::from_iter_values([value]));
        let batch =
            RecordBatch::try_new(Arc::new(schema), vec![column]).map_err(Error::internal)?;
        Ok(Answer::of_batch(Command::Show, batch))
    }

    /// Returns the temporary tables, which nobody else changes meanwhile.
    pub(crate) fn temporary(&self) -> MutexGuard<'_, TemporaryTables> {
        self.temporary.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether a name without schema is that of a dataset or table.
    pub(crate) fn is_relation(&self, name: &str) -> bool {
        catalog::is_relation(&self.engine, name)
    }

    /// Returns the memory that all sessions share.
    pub(crate) fn memory(&self) -> &Arc<dyn MemoryPool> {
        &self.engine.state().runtime_env().memory_pool
    }

    /// Returns when a statement that begins now must be done.
    pub(crate) fn deadline(&self) -> Deadline {
        Deadline::after(self.statement_timeout())
    }

    /// Returns the settings as they are now.
    fn settings(&self) -> SettingValues {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut SettingValues) -> Result<()>) -> Result<()> {
        change(&mut self.settings.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
