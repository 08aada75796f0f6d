//! From the names in a statement to the tables it reads, opened before it is planned.

use crate::completeness::Completeness;
use crate::engine::Engine;
use crate::error::EngineError;
use crate::findings;
use crate::settings::SettingValues;
use crate::tables::{self, CATALOG, SETTINGS_TABLE};
use crate::temporary::{TemporaryTable, TemporaryTables};
use crate::{information_schema, pg_catalog, stored_types};
use census_dialect::{DialectError, Relation};
use census_directory::{Dataset, census_tables};
use census_error::{Error, Result};
use census_store::CoverageRow;
use datafusion::arrow::array::RecordBatch;
use datafusion::catalog::TableProvider;
use datafusion::common::TableReference;
use datafusion::datasource::MemTable;
use datafusion::logical_expr::TableSource;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The tables of one statement.
#[derive(Default)]
pub(crate) struct Tables {
    sources: HashMap<TableReference, Arc<dyn TableSource>>,
    /// The tag keys that every row of a dataset has, by the name that the statement gives it.
    kept_tags: HashMap<TableReference, BTreeSet<String>>,
    /// The ids of datasets, by the name that the statement gives them.
    ids: HashMap<TableReference, String>,
    /// The ids of the datasets that `census.findings` is made of, where it is read.
    findings: Vec<String>,
    findings_name: Option<TableReference>,
    /// The ids of the AWS datasets among them.
    pub(crate) datasets: BTreeSet<String>,
    /// What had been looked at before any of them was opened: it never speaks of more than their rows hold.
    pub(crate) coverage: Option<Vec<CoverageRow>>,
    /// How complete what temporary tables were made of was.
    pub(crate) temporary: Vec<Completeness>,
}

impl Tables {
    /// Opens every relation of a statement.
    ///
    /// # Errors
    /// 42P01 for a relation that does not exist; those of the store.
    pub(crate) async fn open(
        engine: &Engine,
        settings: &SettingValues,
        temporary: &TemporaryTables,
        relations: &[Relation],
    ) -> Result<Self> {
        let mut tables = Self::default();
        for relation in relations {
            let found = match temporary_table(temporary, &relation.reference) {
                Some(table) => {
                    tables.temporary.push(table.completeness.clone());
                    Some(table.provider()?)
                }
                None => tables.provider(engine, settings, &relation.reference).await?,
            };
            let Some(provider) = found else {
                return Err(unknown(engine, relation));
            };
            let source = stored_types::source(&relation.reference, provider)?;
            tables.sources.insert(relation.reference.clone(), source);
        }
        Ok(tables)
    }

    /// Tells whether a name is one of a dataset, which has tags.
    pub(crate) fn is_dataset(&self, name: &TableReference) -> bool {
        self.kept_tags.contains_key(name)
    }

    /// Returns the ids of the datasets behind a name: one, or all that findings are made of.
    pub(crate) fn dataset_ids(&self, name: &TableReference) -> Vec<&str> {
        match self.ids.get(name) {
            Some(id) => vec![id],
            None if self.is_findings(name) => self.findings.iter().map(String::as_str).collect(),
            None => Vec::new(),
        }
    }

    /// Tells whether a name is that of `census.findings`.
    pub(crate) fn is_findings(&self, name: &TableReference) -> bool {
        self.findings_name.as_ref() == Some(name)
    }

    /// Returns the names that the statement gives to datasets.
    pub(crate) fn dataset_references(&self) -> Vec<&TableReference> {
        self.kept_tags.keys().collect()
    }

    /// Tells whether every row of a dataset has a tag of this key.
    pub(crate) fn keeps_tag(&self, name: &TableReference, key: &str) -> bool {
        self.kept_tags.get(name).is_some_and(|keys| keys.contains(key))
    }

    /// Returns the tag keys that every row of the datasets has.
    pub(crate) fn tags(&self) -> Vec<String> {
        let keys: BTreeSet<&String> = self.kept_tags.values().flatten().collect();
        keys.into_iter().cloned().collect()
    }

    /// Returns a table under the name that the statement gives it.
    pub(crate) fn source(&self, reference: &TableReference) -> Option<Arc<dyn TableSource>> {
        self.sources.get(reference).cloned()
    }

    async fn provider(
        &mut self,
        engine: &Engine,
        settings: &SettingValues,
        reference: &TableReference,
    ) -> Result<Option<Arc<dyn TableProvider>>> {
        if reference.catalog().is_some_and(|catalog| catalog != CATALOG) {
            return Ok(None);
        }
        let schemas: Vec<&str> = match reference.schema() {
            Some(schema) => vec![schema],
            None => settings.search_path().collect(),
        };
        for schema in schemas {
            let found = match schema {
                "census" if reference.table() == census_tables::FINDINGS.table_name() => {
                    let findings = findings::open(engine, self.coverage(engine).await?).await?;
                    self.findings.clone_from(&findings.datasets);
                    self.findings_name = Some(reference.clone());
                    self.datasets.extend(findings.datasets);
                    Some(findings.table)
                }
                "census" => census_table(engine, settings, reference.table()).await?,
                "information_schema" => {
                    let source = pg_catalog::Source { catalog: engine.catalog(), settings };
                    let view =
                        information_schema::view(reference.table(), &source, engine.directory())?;
                    view.map(in_memory).transpose()?
                }
                "pg_catalog" => system_table(engine, settings, reference.table())?,
                _ => match engine.directory().dataset(&format!("{schema}.{}", reference.table())) {
                    Ok(dataset) => Some(self.dataset(engine, dataset, reference).await?),
                    Err(_) => None,
                },
            };
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Returns what was looked at before any dataset was opened.
    async fn coverage(&mut self, engine: &Engine) -> Result<&[CoverageRow]> {
        if self.coverage.is_none() {
            self.coverage = Some(engine.store().coverage(&[]).await?);
        }
        Ok(self.coverage.as_deref().unwrap_or_default())
    }

    async fn dataset(
        &mut self,
        engine: &Engine,
        dataset: &Dataset,
        reference: &TableReference,
    ) -> Result<Arc<dyn TableProvider>> {
        self.coverage(engine).await?;
        self.datasets.insert(dataset.id.clone());
        self.ids.insert(reference.clone(), dataset.id.clone());
        if dataset.columns.iter().any(|column| column.name == "tags") {
            let keys = dataset.kept_tags().into_iter().map(str::to_owned).collect();
            self.kept_tags.insert(reference.clone(), keys);
        }
        engine.store().present(dataset).await
    }
}

/// Tells whether a name without schema is that of a dataset or table.
pub(crate) fn is_relation(engine: &Engine, name: &str) -> bool {
    name == SETTINGS_TABLE
        || engine.directory().dataset(&format!("aws.{name}")).is_ok()
        || census_tables::ALL.iter().any(|known| known.table_name() == name)
}

/// Returns a temporary table; no dataset has its name, because none is made under such a name.
fn temporary_table<'a>(
    temporary: &'a TemporaryTables,
    reference: &TableReference,
) -> Option<&'a TemporaryTable> {
    if reference.schema().is_some_and(|schema| schema != "pg_temp") {
        return None;
    }
    temporary.get(reference.table())
}

/// Returns a relation of `pg_catalog`.
fn system_table(
    engine: &Engine,
    settings: &SettingValues,
    table: &str,
) -> Result<Option<Arc<dyn TableProvider>>> {
    let Some(relation) = pg_catalog::find(table) else { return Ok(None) };
    let source = pg_catalog::Source { catalog: engine.catalog(), settings };
    Ok(Some(in_memory(relation.batch(&source)?)?))
}

async fn census_table(
    engine: &Engine,
    settings: &SettingValues,
    table: &str,
) -> Result<Option<Arc<dyn TableProvider>>> {
    if table == SETTINGS_TABLE {
        return Ok(Some(in_memory(tables::settings(settings)?)?));
    }
    let Some(known) = census_tables::ALL.iter().find(|known| known.table_name() == table) else {
        return Ok(None);
    };
    let provider = match known.id {
        "census.coverage" => engine.store().coverage_table().await?,
        "census.runs" => engine.store().runs_table().await?,
        "census.datasets" => in_memory(tables::datasets(engine.directory())?)?,
        _ => in_memory(tables::dataset_columns(engine.directory())?)?,
    };
    Ok(Some(provider))
}

fn in_memory(batch: RecordBatch) -> Result<Arc<dyn TableProvider>> {
    let table = MemTable::try_new(batch.schema(), vec![vec![batch]]).map_err(Error::internal)?;
    Ok(Arc::new(table))
}

/// Returns the error for a relation that does not exist, with the nearest one that does.
fn unknown(engine: &Engine, relation: &Relation) -> Error {
    let name = relation.reference.to_string();
    if relation.reference.schema() == Some("dd") {
        let error = Error::from(EngineError::NoTelemetry { name });
        return match relation.span {
            Some(span) => error.with_span(span),
            None => error,
        };
    }
    let ids: Vec<String> = engine
        .directory()
        .datasets()
        .map(|dataset| dataset.id.clone())
        .chain(census_tables::ALL.iter().map(|table| table.id.to_owned()))
        .collect();
    let wanted = match relation.reference.schema() {
        Some(_) => name.clone(),
        None => format!("aws.{name}"),
    };
    let nearest =
        census_directory::nearest(&wanted, ids.iter().map(String::as_str)).map(str::to_owned);
    DialectError::UnknownRelation { name, nearest, span: relation.span }.into()
}
