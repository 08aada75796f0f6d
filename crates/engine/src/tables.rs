//! Tables of the schema `census` that the engine makes itself: `datasets`, `columns` and `settings`.

use crate::constraints;
use crate::settings::{self, SettingValues};
use census_directory::{Directory, census_tables};
use census_error::{Error, Result};
use datafusion::arrow::array::{
    ArrayRef, Int64Array, ListBuilder, RecordBatch, StringArray, StringBuilder,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The catalog that every table is in.
pub(crate) const CATALOG: &str = "census";

/// The settings of the session, a table of the schema `census`.
pub(crate) const SETTINGS_TABLE: &str = "settings";

/// Returns `census.datasets`.
pub(crate) fn datasets(directory: &Directory) -> Result<RecordBatch> {
    let all: Vec<_> = directory.datasets().collect();
    let parents =
        all.iter().map(|dataset| dataset.parent.as_ref().map(|parent| parent.dataset.as_str()));
    let counts = all.iter().map(|dataset| i64::try_from(dataset.columns.len()).unwrap_or(i64::MAX));
    let columns: Vec<ArrayRef> = vec![
        texts(all.iter().map(|dataset| dataset.id.as_str())),
        texts(all.iter().map(|dataset| dataset.title.as_str())),
        texts(all.iter().map(|dataset| dataset.description.as_str())),
        Arc::new(parents.collect::<StringArray>()),
        texts(all.iter().map(|dataset| dataset.list.operation.as_str())),
        texts(all.iter().map(|dataset| dataset.list.action.as_str())),
        Arc::new(Int64Array::from_iter_values(counts)),
    ];
    RecordBatch::try_new(census_tables::DATASETS.schema(), columns).map_err(Error::internal)
}

/// Returns `census.columns`.
pub(crate) fn dataset_columns(directory: &Directory) -> Result<RecordBatch> {
    let mut rows = Vec::new();
    let mut points_to = ListBuilder::new(StringBuilder::new());
    for dataset in directory.datasets() {
        for (position, column) in (1_i64..).zip(&dataset.columns) {
            let found = constraints::points_to(dataset, column);
            points_to.append_option((!found.is_empty()).then(|| found.into_iter().map(Some)));
            rows.push((dataset.id.as_str(), position, column));
        }
    }
    let columns: Vec<ArrayRef> = vec![
        texts(rows.iter().map(|(dataset, _, _)| *dataset)),
        Arc::new(Int64Array::from_iter_values(rows.iter().map(|(_, position, _)| *position))),
        texts(rows.iter().map(|(_, _, column)| column.name.as_str())),
        texts(rows.iter().map(|(_, _, column)| column.kind.sql_type())),
        texts(rows.iter().map(|(_, _, column)| column.kind.as_str())),
        texts(rows.iter().map(|(_, _, column)| column.description.as_str())),
        Arc::new(points_to.finish()),
    ];
    RecordBatch::try_new(census_tables::COLUMNS.schema(), columns).map_err(Error::internal)
}

/// Returns the settings, as `census.settings` and SHOW ALL list them.
pub(crate) fn settings(values: &SettingValues) -> Result<RecordBatch> {
    let all = settings::settings();
    let columns: Vec<ArrayRef> = vec![
        texts(all.iter().map(|setting| setting.name)),
        texts(all.iter().map(|setting| values.value(setting.name))),
        texts(all.iter().map(|setting| setting.description)),
    ];
    RecordBatch::try_new(settings_schema(), columns).map_err(Error::internal)
}

/// Returns the columns of `census.settings`.
pub(crate) fn settings_schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    Arc::new(Schema::new(vec![text("name"), text("setting"), text("description")]))
}

pub(crate) fn texts<T: AsRef<str>>(values: impl Iterator<Item = T>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

/// Returns a batch whose columns hold no NULL.
pub(crate) fn batch(columns: Vec<(&str, ArrayRef)>) -> Result<RecordBatch> {
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, column)| Field::new(*name, column.data_type().clone(), false))
        .collect();
    let columns = columns.into_iter().map(|(_, column)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(Error::internal)
}
