//! A session: settings, and statements one after another.

use crate::answer::{self, Answer, Command};
use crate::catalog::Tables;
use crate::completeness::Completeness;
use crate::deadline::Deadline;
use crate::engine::Engine;
use crate::settings::{self, SettingValues, SettingsMark};
use crate::temporary::TemporaryTables;
use crate::{callable, catalog, explain, planning, scopes_read, tables, tags};
use census_dialect::error_map::ErrorContext;
use census_dialect::functions::SessionValues;
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
            Statement::Set { name, value, is_local } => {
                self.change(|settings| settings.run(&name, value.as_deref(), is_local))?;
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
        Ok(self.shown_setting(name)?.1)
    }

    /// Returns the name that SHOW gives a setting, and its value.
    pub(crate) fn shown_setting(&self, name: &str) -> Result<(String, String)> {
        self.settings().shown(name)
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

    /// Tells how things are, as the value of a setting that statements do not change, for example `ssl`.
    pub fn tell(&self, setting: &str, value: &str) {
        self.locked().tell(setting, value);
    }

    /// Says who asks; until then it is `census`.
    pub fn log_in(&self, user: &str) {
        self.tell(settings::SESSION_USER, user);
    }

    /// Says by which number others know the session, and whether it is encrypted.
    pub fn connect(&self, process: i32, is_encrypted: bool) {
        self.locked().connect(process.into(), is_encrypted);
    }

    /// Returns the settings as they stand, for a transaction that may be undone.
    #[must_use]
    pub fn settings_mark(&self) -> SettingsMark {
        self.settings().mark()
    }

    /// Makes the settings stand as they did, as ROLLBACK does.
    pub fn restore_settings(&self, mark: SettingsMark) {
        self.locked().restore(mark);
    }

    /// Changes a setting, as SET does.
    ///
    /// # Errors
    /// 42704 for one that does not exist, 22023 for a value that it cannot have.
    pub fn set(&self, name: &str, value: &str) -> Result<()> {
        self.change(|settings| settings.set(name, value, false))
    }

    /// Changes a setting until the end of the transaction.
    ///
    /// # Errors
    /// 42704 for one that does not exist, 22023 for a value that it cannot have.
    pub fn set_local(&self, name: &str, value: &str) -> Result<()> {
        self.change(|settings| settings.set(name, value, true))
    }

    /// Ends what settings are until the end of a transaction only, as COMMIT does; tells whether SET LOCAL was among
    /// the statements that made them so.
    pub fn end_local_settings(&self) -> bool {
        self.locked().end_transaction()
    }

    /// Forgets settings that were changed, and temporary tables, as DISCARD ALL does.
    pub fn discard(&self) {
        self.temporary().clear();
        // Every setting has a value to return to.
        let _ = self.change(|settings| settings.reset(&SettingName::All));
    }

    async fn select(&self, sql: &str, query: &Query, deadline: Deadline) -> Result<Answer> {
        let prepared = deadline.hold(self.prepare(sql, query)).await?;
        if self.requires_complete() {
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
        let set_config = functions::set_config(Arc::new(move |name, value, is_local| {
            settings::change(&change, name, value, is_local)
        }));
        let schema = settings.search_path().find(|schema| {
            *schema != "pg_catalog" && self.engine.catalog().schema_oid(schema).is_some()
        });
        let values = SessionValues {
            user: settings.user().to_owned(),
            schema: schema.map(str::to_owned),
            process: settings.process(),
            server_start: self.engine.start().timestamp_micros(),
        };
        let session = functions::session_values(&values);
        let own = [functions::current_setting(settings.all()), set_config];
        for function in own.into_iter().chain(session) {
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
        let completeness = completeness(&logical, tables)?;
        let task = self.engine.task(&state);
        Ok(Prepared { task, logical, physical, context, completeness })
    }

    /// Returns the coverage of these datasets.
    pub(crate) async fn coverage(&self, datasets: &[&str]) -> Result<Vec<CoverageRow>> {
        self.engine.store().coverage(datasets).await
    }

    /// Tells whether an answer that is not complete is an error.
    pub(crate) fn requires_complete(&self) -> bool {
        self.settings().requires_complete()
    }

    fn show(&self, name: &str) -> Result<Answer> {
        let (name, value) = self.shown_setting(name)?;
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
        self.locked().clone()
    }

    fn locked(&self) -> MutexGuard<'_, SettingValues> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self, change: impl FnOnce(&mut SettingValues) -> Result<()>) -> Result<()> {
        change(&mut self.locked())
    }
}

/// Judges the scopes that a plan reads, and what temporary tables in it were made of.
fn completeness(plan: &LogicalPlan, tables: Tables) -> Result<Completeness> {
    let coverage = tables.coverage.as_deref().unwrap_or_default();
    let tried = coverage.iter().map(|row| row.scope.dataset.clone()).collect();
    let read = scopes_read::read_by(plan, &tables, coverage).map_err(Error::internal)?;
    let mut completeness = Completeness::of(tables.datasets, &tried, &read);
    for temporary in &tables.temporary {
        completeness.add(temporary);
    }
    Ok(completeness)
}
