//! What stands in FROM: functions, and relations under other names.

use super::{rewrite, series};
use crate::error::DialectError;
use crate::functions::{self, RowsColumn};
use crate::joins_using;
use crate::output_names;
use crate::resolution;
use crate::sql_types::type_name;
use crate::subquery_forms;
use census_error::{Error, SqlState};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::{Column, DFSchema, Result, UnnestOptions, not_impl_err};
use datafusion::error::DataFusionError;
use datafusion::logical_expr::planner::{
    PlannedRelation, RelationPlanner, RelationPlannerContext, RelationPlanning,
};
use datafusion::logical_expr::{Expr, ExprSchemable, LogicalPlan, LogicalPlanBuilder};
use datafusion::sql::sqlparser::ast::{
    self, FunctionArg, FunctionArgExpr, TableAlias, TableFactor,
};

/// Plans functions in FROM, and gives relations and their columns the names that follow AS.
#[derive(Debug)]
pub struct Relations;

impl RelationPlanner for Relations {
    fn plan_relation(
        &self,
        relation: TableFactor,
        context: &mut dyn RelationPlannerContext,
    ) -> Result<RelationPlanning> {
        match relation {
            TableFactor::Function { name, args, with_ordinality, alias, .. } => {
                let Some(name) = rewrite::name(&name) else {
                    return Err(
                        DialectError::UnknownTableFunction { name: name.to_string() }.into()
                    );
                };
                let call = Call { name, arguments: expressions(args)?, with_ordinality };
                Ok(planned(call.plan(alias, context)?))
            }
            marked if joins_using::is_marked(&marked) => {
                Ok(planned(joins_using::plan(marked, context)?))
            }
            mut other => match columns_of(&mut other) {
                Some(columns) => {
                    let alias = alias_of(&mut other);
                    let plan = if resolution::is_values(&other) {
                        resolution::plan_values(other, context)?
                    } else {
                        resolution::with_set_types(context.plan(other)?)?
                    };
                    let Some(alias) = alias else { return Ok(planned(plan)) };
                    let table = context.normalize_ident(alias.name);
                    let names = columns
                        .into_iter()
                        .map(|column| context.normalize_ident(column.name))
                        .collect();
                    Ok(planned(renamed(plan, &table, names)?))
                }
                None => Ok(RelationPlanning::Original(Box::new(other))),
            },
        }
    }
}

fn planned(plan: LogicalPlan) -> RelationPlanning {
    RelationPlanning::Planned(Box::new(PlannedRelation::new(plan, None)))
}

/// Returns the names of columns that follow a relation's other name; of a subquery also where there are none.
fn columns_of(factor: &mut TableFactor) -> Option<Vec<ast::TableAliasColumnDef>> {
    match factor {
        TableFactor::Derived { alias: Some(alias), .. } => Some(std::mem::take(&mut alias.columns)),
        TableFactor::Table { alias: Some(alias), args: None, .. }
        | TableFactor::NestedJoin { alias: Some(alias), .. }
            if !alias.columns.is_empty() =>
        {
            Some(std::mem::take(&mut alias.columns))
        }
        _ => None,
    }
}

fn alias_of(factor: &mut TableFactor) -> Option<TableAlias> {
    match factor {
        TableFactor::Table { alias, .. }
        | TableFactor::Derived { alias, .. }
        | TableFactor::NestedJoin { alias, .. } => alias.take(),
        _ => None,
    }
}

/// Gives a relation a name, and its first columns names.
fn renamed(plan: LogicalPlan, table: &str, names: Vec<String>) -> Result<LogicalPlan> {
    let columns = plan.schema().columns();
    if names.len() > columns.len() {
        if table == subquery_forms::COMPARED {
            let error = Error::new(SqlState::SyntaxError, "subquery has too few columns");
            return Err(DataFusionError::External(Box::new(error)));
        }
        let message = format!(
            "table \"{table}\" has {} columns available but {} columns specified",
            columns.len(),
            names.len()
        );
        let error = Error::new(SqlState::InvalidColumnReference, message);
        return Err(DataFusionError::External(Box::new(error)));
    }
    if table == subquery_forms::COMPARED && names.len() < columns.len() {
        let error = Error::new(SqlState::SyntaxError, "subquery has too many columns");
        return Err(DataFusionError::External(Box::new(error)));
    }
    let mut names = names.into_iter();
    let names: Vec<String> =
        columns.iter().map(|column| names.next().unwrap_or_else(|| column.name.clone())).collect();
    let distinct = output_names::all_marked(&names);
    let builder = LogicalPlanBuilder::from(plan);
    if columns.iter().map(|column| &column.name).eq(&distinct) {
        return builder.alias(table)?.build();
    }
    let exprs = columns.into_iter().zip(distinct);
    // Qualified from the start: beside an outer column of that name the bare one would be ambiguous.
    let exprs = exprs.map(|(column, name)| Expr::Column(column).alias_qualified(Some(table), name));
    builder.project(exprs.collect::<Vec<_>>())?.alias(table)?.build()
}

/// Returns the expressions that a function is called with.
fn expressions(arguments: Vec<FunctionArg>) -> Result<Vec<ast::Expr>> {
    let expression = |argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Ok(expr),
        other => not_impl_err!("the argument {other} of a function in FROM"),
    };
    arguments.into_iter().map(expression).collect()
}

/// A call of a function in FROM.
struct Call {
    name: String,
    arguments: Vec<ast::Expr>,
    with_ordinality: bool,
}

/// A column of its rows.
struct Listed {
    name: Option<&'static str>,
    list: Expr,
}

impl Call {
    fn plan(
        self,
        alias: Option<TableAlias>,
        context: &mut dyn RelationPlannerContext,
    ) -> Result<LogicalPlan> {
        let (table, names) = match alias {
            Some(alias) => {
                let names = alias.columns.into_iter();
                let names = names.map(|column| context.normalize_ident(column.name)).collect();
                (context.normalize_ident(alias.name), names)
            }
            None => (self.name.clone(), Vec::new()),
        };
        let plan = match functions::rows(&self.name) {
            Some(columns) => {
                let lists = self.lists(columns, context)?;
                match lists.as_slice() {
                    [Listed { list, .. }] if !self.with_ordinality => series::plan(list, &table)?,
                    _ => None,
                }
                .map_or_else(|| self.rows(lists, &table), Ok)?
            }
            None => self.value(&table, context)?,
        };
        renamed(plan, &table, names)
    }

    /// Returns the one row of a function that gives a value.
    fn value(&self, table: &str, context: &mut dyn RelationPlannerContext) -> Result<LogicalPlan> {
        let is_known = context.context_provider().get_function_meta(&self.name).is_some();
        if !is_known {
            return Err(DialectError::UnknownTableFunction { name: self.name.clone() }.into());
        }
        let call = rewrite::call(&self.name, self.arguments.clone());
        let mut exprs =
            vec![context.sql_to_expr(call, &DFSchema::empty())?.alias(table.to_owned())];
        if self.with_ordinality {
            exprs.push(datafusion::logical_expr::lit(1_i64).alias("ordinality"));
        }
        LogicalPlanBuilder::empty(true).project(exprs)?.build()
    }

    /// Returns the lists whose items the columns are.
    fn lists(
        &self,
        columns: &'static [RowsColumn],
        context: &mut dyn RelationPlannerContext,
    ) -> Result<Vec<Listed>> {
        let mut lists = Vec::new();
        for column in columns {
            let call = rewrite::call(column.list, self.arguments.clone());
            let list = match context.sql_to_expr(call, &DFSchema::empty()) {
                Ok(list) => list,
                Err(error) => return Err(self.not_called(error, context)),
            };
            // The names of what makes the lists are none that were written.
            list.to_field(&DFSchema::empty()).map_err(|error| self.as_called(error))?;
            lists.push(Listed { name: column.name, list });
        }
        if columns.is_empty() {
            for argument in &self.arguments {
                let list = context.sql_to_expr(argument.clone(), &DFSchema::empty())?;
                lists.push(Listed { name: None, list: flat(&self.name, list)? });
            }
        }
        if lists.is_empty() { Err(no_such(&self.name, "")) } else { Ok(lists) }
    }

    /// Returns why a call could not be planned: an argument of its own fault, or types that the function does not take.
    fn not_called(
        &self,
        error: DataFusionError,
        context: &mut dyn RelationPlannerContext,
    ) -> DataFusionError {
        if !matches!(error.find_root(), DataFusionError::Plan(_)) {
            return self.as_called(error);
        }
        let mut types = Vec::new();
        for argument in &self.arguments {
            let schema = DFSchema::empty();
            let planned = context.sql_to_expr(argument.clone(), &schema);
            match planned.and_then(|argument| Ok(type_name(&argument.to_field(&schema)?.1))) {
                Ok(name) => types.push(name),
                Err(error) => return error,
            }
        }
        no_such(&self.name, &types.join(", "))
    }

    fn as_called(&self, error: DataFusionError) -> DataFusionError {
        match error {
            DataFusionError::External(inner) => match inner.downcast::<Error>() {
                Ok(inner) if inner.sqlstate() == SqlState::UndefinedFunction => {
                    let called = inner.message().split_once('(').map(|(_, rest)| rest);
                    let arguments = called.and_then(|rest| rest.rsplit_once(')'));
                    no_such(&self.name, arguments.map_or("", |(arguments, _)| arguments))
                }
                Ok(inner) => DataFusionError::External(inner),
                Err(inner) => DataFusionError::External(inner),
            },
            other => other,
        }
    }

    /// Returns a row for every item of the lists, side by side.
    fn rows(&self, lists: Vec<Listed>, table: &str) -> Result<LogicalPlan> {
        let is_only = lists.len() == 1;
        let mut exprs = Vec::new();
        let mut names = Vec::new();
        for Listed { name, list } in lists {
            let own = if is_only { table } else { self.name.as_str() };
            names.push(name.unwrap_or(own).to_owned());
            exprs.push(list);
        }
        if self.with_ordinality {
            exprs.push(functions::call("__ordinals", exprs.clone())?);
            names.push("ordinality".to_owned());
        }
        let list_name = |number: usize| format!("__list_{number}");
        let lists = exprs.into_iter().enumerate().map(|(i, list)| list.alias(list_name(i)));
        let columns = (0..names.len()).map(|i| Column::from_name(list_name(i))).collect();
        let options = UnnestOptions::new().with_preserve_nulls(false);
        let builder = LogicalPlanBuilder::empty(true)
            .project(lists.collect::<Vec<_>>())?
            .unnest_columns_with_options(columns, options)?;
        let marked = output_names::all_marked(&names).into_iter().enumerate();
        let named = marked.map(|(i, name)| {
            Expr::Column(Column::from_name(list_name(i))).alias_qualified(Some(table), name)
        });
        builder.project(named.collect::<Vec<_>>())?.build()
    }
}

/// Returns an array of arrays as one array of all items, as `unnest` takes it.
fn flat(name: &str, list: Expr) -> Result<Expr> {
    let (_, field) = list.to_field(&DFSchema::empty())?;
    let DataType::List(item) = field.data_type() else {
        let is_open = field.data_type().is_null()
            || matches!(&list, Expr::Literal(scalar, _) if scalar.data_type() == DataType::Utf8);
        if is_open {
            let message = format!("function {name}(unknown) is not unique");
            let error = Error::new(SqlState::AmbiguousFunction, message)
                .with_hint("Could not choose a best candidate function. You might need to add explicit type casts.");
            return Err(DataFusionError::External(Box::new(error)));
        }
        return Err(no_such(name, &type_name(&field)));
    };
    match item.data_type() {
        DataType::List(_) => functions::call("__items", vec![list]),
        _ => Ok(list),
    }
}

/// Returns the error for a function with arguments of other types than it takes.
fn no_such(name: &str, arguments: &str) -> DataFusionError {
    let message = format!("function {name}({arguments}) does not exist");
    let error = Error::new(SqlState::UndefinedFunction, message).with_hint(
        "No function matches the given name and argument types. You might need to add explicit type casts.",
    );
    DataFusionError::External(Box::new(error))
}
