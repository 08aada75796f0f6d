//! Plans a query whose names may be tags: `SELECT region FROM aws.apigatewayv2_api`.

use crate::catalog::Tables;
use crate::error::EngineError;
use crate::planning;
use census_dialect::error_map::ErrorContext;
use census_dialect::{ScopeRelation, Statement, TagReference, output_names};
use census_error::{Error, Result};
use datafusion::arrow::array::AsArray;
use datafusion::common::TableReference;
use datafusion::execution::session_state::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion::physical_plan::collect;
use datafusion::sql::sqlparser::ast::Query;
use std::collections::BTreeSet;

/// How many names of one statement may be tags; each costs one more planning.
const MAXIMUM_REFERENCES: usize = 500;

/// Plans a query; names that no table has become tags of the dataset that they belong to.
///
/// # Errors
/// Those of planning; 42703 for a name that is neither a column nor a tag that the dataset has, 42702
/// for a tag that several relations might have.
pub(crate) async fn plan(
    state: &SessionState,
    tables: &Tables,
    context: &mut ErrorContext,
    query: &Query,
) -> Result<LogicalPlan> {
    let mut named = query.clone();
    output_names::assign(&mut named);
    for _ in 0..MAXIMUM_REFERENCES {
        let error = match planning::plan(state, tables, &named) {
            Ok(plan) => return Ok(plan),
            Err(error) => error,
        };
        let Some(reference) = TagReference::of_error(&error, &named) else {
            return Err(context.map(error));
        };
        match relation(state, tables, &reference).await? {
            Found::One(relation) => reference.replace(&mut named, relation),
            Found::Several => {
                return Err(context.ambiguous_tag(&reference));
            }
            Found::None(keys) => {
                context.add_tags(keys);
                return Err(if reference.is_explicit {
                    context.unknown_tag(&reference)
                } else {
                    context.map(error)
                });
            }
        }
    }
    Err(EngineError::TooManyTags { limit: MAXIMUM_REFERENCES }.into())
}

/// What a name refers to.
enum Found<'a> {
    One(&'a ScopeRelation),
    Several,
    /// Nothing has it; these are the tag keys that there are.
    None(BTreeSet<String>),
}

async fn relation<'a>(
    state: &SessionState,
    tables: &Tables,
    reference: &'a TagReference,
) -> Result<Found<'a>> {
    let candidates: Vec<(&ScopeRelation, Vec<&TableReference>)> = reference
        .relations
        .iter()
        .filter_map(|relation| match &relation.reference {
            Some(name) if tables.is_dataset(name) => Some((relation, vec![name])),
            // The rows of a subquery may come from any dataset of the statement.
            _ if relation.has_tags => Some((relation, tables.dataset_references())),
            _ => None,
        })
        .collect();
    let mut is_known = false;
    for name in candidates.iter().flat_map(|(_, datasets)| datasets) {
        is_known = is_known
            || tables.keeps_tag(name, &reference.key)
            || has_key(state, tables, name, &reference.key).await?;
    }
    if !is_known {
        let mut keys = BTreeSet::new();
        for name in candidates.iter().flat_map(|(_, datasets)| datasets) {
            keys.extend(all_keys(state, tables, name).await?);
        }
        return Ok(Found::None(keys));
    }
    match candidates.as_slice() {
        [(relation, _)] => Ok(Found::One(relation)),
        _ => Ok(Found::Several),
    }
}

/// Tells whether a row of a dataset has a tag of this key.
async fn has_key(
    state: &SessionState,
    tables: &Tables,
    dataset: &TableReference,
    key: &str,
) -> Result<bool> {
    let sql = format!(
        "SELECT '' FROM {} WHERE exist(tags, '{}') LIMIT 1",
        dataset.to_quoted_string(),
        key.replace('\'', "''")
    );
    Ok(!texts(state, tables, &sql).await?.is_empty())
}

/// Returns the tag keys that rows of a dataset have.
async fn all_keys(
    state: &SessionState,
    tables: &Tables,
    dataset: &TableReference,
) -> Result<Vec<String>> {
    let name = dataset.to_quoted_string();
    let sql = format!("SELECT DISTINCT unnest(akeys(tags)) FROM {name}");
    texts(state, tables, &sql).await
}

/// Returns the texts of a query of one column.
async fn texts(state: &SessionState, tables: &Tables, sql: &str) -> Result<Vec<String>> {
    let context = ErrorContext::new(sql);
    let Statement::Query(mut query) = Statement::parse(sql)? else {
        return Err(Error::internal(format!("no query: {sql}")));
    };
    output_names::assign(&mut query);
    let batches = async {
        let plan = state.optimize(&planning::plan(state, tables, &query)?)?;
        let plan = state.query_planner().create_physical_plan(&plan, state).await?;
        collect(plan, state.task_ctx()).await
    };
    let batches = batches.await.map_err(|error| context.map(error))?;
    let texts =
        batches.iter().flat_map(|batch| batch.column(0).as_string::<i32>().iter().flatten());
    Ok(texts.map(str::to_owned).collect())
}
