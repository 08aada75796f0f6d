//! Tables that the engine makes itself: `information_schema`, `census.datasets`, `columns` and `settings`.

use crate::constraints;
use crate::routines;
use crate::settings::{SETTINGS, SettingValues};
use census_directory::{Directory, census_tables};
use census_error::{Error, Result};
use census_types::SqlType;
use datafusion::arrow::array::{
    ArrayRef, Int64Array, ListBuilder, RecordBatch, StringArray, StringBuilder,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The catalog that every table is in.
pub(crate) const CATALOG: &str = "census";

/// The tables of `information_schema`, which PostgreSQL has too.
pub(crate) const INFORMATION_TABLES: [&str; 8] = [
    "columns",
    "constraint_column_usage",
    "key_column_usage",
    "referential_constraints",
    "routines",
    "schemata",
    "table_constraints",
    "tables",
];

/// The settings of the session, a table of the schema `census`.
pub(crate) const SETTINGS_TABLE: &str = "settings";

/// A relation that can be asked, with its schema.
pub(crate) struct Listed {
    schema: String,
    table: String,
    columns: SchemaRef,
}

/// Returns every relation, sorted by schema and name.
pub(crate) fn listed(directory: &Directory) -> Vec<Listed> {
    let mut listed: Vec<Listed> = directory
        .datasets()
        .map(|dataset| Listed {
            schema: dataset.schema_name().to_owned(),
            table: dataset.table_name().to_owned(),
            columns: dataset.schema(),
        })
        .collect();
    listed.extend(census_tables::ALL.iter().map(|table| Listed {
        schema: "census".to_owned(),
        table: table.table_name().to_owned(),
        columns: table.schema(),
    }));
    listed.push(Listed {
        schema: "census".to_owned(),
        table: SETTINGS_TABLE.to_owned(),
        columns: settings_schema(),
    });
    listed.sort_by(|left, right| (&left.schema, &left.table).cmp(&(&right.schema, &right.table)));
    listed
}

/// Returns a table of `information_schema`.
pub(crate) fn information(table: &str, directory: &Directory) -> Result<RecordBatch> {
    match table {
        "columns" => columns(&listed(directory)),
        "routines" => routines::routines(),
        "schemata" => schemata(),
        "constraint_column_usage"
        | "key_column_usage"
        | "referential_constraints"
        | "table_constraints" => constraints::information(table, directory),
        _ => tables(&listed(directory)),
    }
}

fn tables(listed: &[Listed]) -> Result<RecordBatch> {
    batch(vec![
        ("table_catalog", texts(listed.iter().map(|_| CATALOG))),
        ("table_schema", texts(listed.iter().map(|relation| relation.schema.as_str()))),
        ("table_name", texts(listed.iter().map(|relation| relation.table.as_str()))),
        ("table_type", texts(listed.iter().map(|_| "BASE TABLE"))),
        ("is_insertable_into", texts(listed.iter().map(|_| "NO"))),
    ])
}

fn schemata() -> Result<RecordBatch> {
    let schemas = ["aws", "census", "information_schema"];
    batch(vec![
        ("catalog_name", texts(schemas.iter().map(|_| CATALOG))),
        ("schema_name", texts(schemas.iter().copied())),
        ("schema_owner", texts(schemas.iter().map(|_| CATALOG))),
    ])
}

fn columns(listed: &[Listed]) -> Result<RecordBatch> {
    let mut rows: Vec<(&Listed, i64, &Field)> = Vec::new();
    for relation in listed {
        rows.extend(
            (1_i64..)
                .zip(relation.columns.fields())
                .map(|(position, field)| (relation, position, field.as_ref())),
        );
    }
    let types: Vec<SqlType> = rows.iter().map(|(_, _, field)| SqlType::from_field(field)).collect();
    batch(vec![
        ("table_catalog", texts(rows.iter().map(|_| CATALOG))),
        ("table_schema", texts(rows.iter().map(|(relation, _, _)| relation.schema.as_str()))),
        ("table_name", texts(rows.iter().map(|(relation, _, _)| relation.table.as_str()))),
        ("column_name", texts(rows.iter().map(|(_, _, field)| field.name().as_str()))),
        (
            "ordinal_position",
            Arc::new(Int64Array::from_iter_values(rows.iter().map(|(_, position, _)| *position))),
        ),
        (
            "is_nullable",
            texts(rows.iter().map(|(_, _, field)| if field.is_nullable() { "YES" } else { "NO" })),
        ),
        ("data_type", texts(types.iter().map(information_type))),
        ("udt_catalog", texts(rows.iter().map(|_| CATALOG))),
        (
            "udt_schema",
            texts(types.iter().map(|sql_type| {
                if matches!(sql_type, SqlType::Hstore) { "public" } else { "pg_catalog" }
            })),
        ),
        ("udt_name", texts(types.iter().map(internal_type))),
    ])
}

/// Returns the type as the standard's view names it: arrays and types of extensions have no name of their own.
fn information_type(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Array(_) => "ARRAY".to_owned(),
        SqlType::Hstore => "USER-DEFINED".to_owned(),
        other => other.name().into_owned(),
    }
}

/// Returns the name of the type in `pg_type`.
fn internal_type(sql_type: &SqlType) -> String {
    let name = match sql_type {
        SqlType::Array(element) => return format!("_{}", internal_type(element)),
        SqlType::Bool => "bool",
        SqlType::Int16 => "int2",
        SqlType::Int32 => "int4",
        SqlType::Int64 => "int8",
        SqlType::Float32 => "float4",
        SqlType::Float64 => "float8",
        SqlType::Timestamp => "timestamp",
        SqlType::TimestampTz => "timestamptz",
        SqlType::Time => "time",
        other => return other.name().into_owned(),
    };
    name.to_owned()
}

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
    let columns: Vec<ArrayRef> = vec![
        texts(SETTINGS.iter().map(|setting| setting.name)),
        texts(SETTINGS.iter().map(|setting| values.value(setting.name))),
        texts(SETTINGS.iter().map(|setting| setting.description)),
    ];
    RecordBatch::try_new(settings_schema(), columns).map_err(Error::internal)
}

fn settings_schema() -> SchemaRef {
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
