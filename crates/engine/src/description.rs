//! What a statement takes and gives, found out without running it.

use crate::answer::{Command, shown_schema};
use crate::session::Session;
use crate::{callable, parameter_types, tags};
use census_dialect::error_map::ErrorContext;
use census_dialect::{Parameter, ParameterValue, Parameters, SettingName, Statement, cast_known};
use census_error::{Error, Result};
use census_types::SqlType;
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::sql::sqlparser::ast::Query;
use std::sync::Arc;

/// The parameters and columns of a statement.
#[derive(Debug, Clone)]
pub struct Description {
    /// The types of the parameters; text where nothing decides.
    pub parameters: Vec<SqlType>,
    /// The columns; none where the statement gives no rows.
    pub schema: SchemaRef,
    /// What kind of statement it is.
    pub command: Command,
}

impl Session {
    /// Finds out what a statement takes and gives; `given` are the types of parameters that are known already.
    ///
    /// # Errors
    /// Those of planning the statement.
    pub async fn describe(&self, sql: &str, given: &[Option<SqlType>]) -> Result<Description> {
        let statement = Statement::parse_with(sql, Parameters::Open)?;
        let parameters = self.parameter_types(sql, &statement, given).await?;
        let nulls: Vec<Parameter> = parameters
            .iter()
            .map(|sql_type| Parameter {
                sql_type: Some(sql_type.clone()),
                value: ParameterValue::Null,
            })
            .collect();
        let empty = || Arc::new(Schema::empty());
        let text =
            |name: &str| Arc::new(Schema::new(vec![Field::new(name, DataType::Utf8, false)]));
        let (schema, command) = match Statement::parse_with(sql, Parameters::Values(&nulls))? {
            Statement::Query(query) => (self.columns(sql, &query).await?, Command::Select),
            Statement::Explain { .. } => (text("QUERY PLAN"), Command::Explain),
            Statement::Show(SettingName::All) => (crate::tables::settings_schema(), Command::Show),
            Statement::Show(SettingName::One(name)) => {
                let (name, _) = self.shown_setting(&name)?;
                (text(&name), Command::Show)
            }
            Statement::Set { .. } => (empty(), Command::Set),
            Statement::Reset(_) => (empty(), Command::Reset),
            Statement::CreateTemporary { .. } => (empty(), Command::CreateTable),
            Statement::Insert { .. } => (empty(), Command::Insert(0)),
            Statement::DropTemporary { .. } => (empty(), Command::DropTable),
        };
        Ok(Description { parameters, schema, command })
    }

    /// Returns the types of all parameters: those that are given, those that their places decide, those that planning
    /// finds beside them, and text.
    async fn parameter_types(
        &self,
        sql: &str,
        statement: &Statement,
        given: &[Option<SqlType>],
    ) -> Result<Vec<SqlType>> {
        let (count, placed) = statement.parameters()?;
        let mut types: Vec<Option<SqlType>> = (0..count.max(given.len()))
            .map(|place| {
                given.get(place).cloned().flatten().or_else(|| placed.get(&place).cloned())
            })
            .collect();
        if types.contains(&None)
            && let Some(query) = statement.query()
        {
            self.infer(sql, query, &mut types).await?;
        }
        Ok(types.into_iter().map(|sql_type| sql_type.unwrap_or(SqlType::Text)).collect())
    }

    /// Fills in what planning finds out; a statement that cannot be planned without values tells nothing.
    ///
    /// It is planned anew with what was found out, as long as that decides further ones.
    async fn infer(&self, sql: &str, query: &Query, types: &mut [Option<SqlType>]) -> Result<()> {
        let (state, tables) = self.opened(sql, query).await?;
        let mut context =
            ErrorContext::new(sql).with_query(query).with_functions(callable::names());
        let mut has_found = true;
        while has_found && types.contains(&None) {
            has_found = false;
            let mut known = query.clone();
            cast_known(&mut known, types)?;
            let Ok(plan) = tags::plan(&state, &tables, &mut context, &known).await else {
                return Ok(());
            };
            for (name, sql_type) in parameter_types::decided(&plan).map_err(Error::internal)? {
                let place = name.strip_prefix('$').and_then(|number| number.parse::<usize>().ok());
                let slot = place.and_then(|place| types.get_mut(place.checked_sub(1)?));
                if let Some(slot @ None) = slot {
                    *slot = Some(sql_type);
                    has_found = true;
                }
            }
        }
        Ok(())
    }

    async fn columns(&self, sql: &str, query: &Query) -> Result<SchemaRef> {
        Ok(shown_schema(&self.prepare(sql, query).await?.physical.schema()))
    }
}

/// Returns the types of parameters that their places alone decide, such as `$1::bigint` and `LIMIT $1`, without planning.
///
/// # Errors
/// Those of reading the statement.
pub fn placed_types(sql: &str) -> Result<Vec<Option<SqlType>>> {
    let (count, placed) = Statement::parse_with(sql, Parameters::Open)?.parameters()?;
    Ok((0..count).map(|place| placed.get(&place).cloned()).collect())
}
