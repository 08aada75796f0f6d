//! `information_schema`: what can be asked, in the standard's views.

use crate::constraints;
use crate::information_views;
use crate::pg_catalog::{Column, Kind, Source, SystemRelation};
use crate::routines;
use crate::tables::{CATALOG, batch, texts};
use census_dialect::catalog::{Catalog, CatalogColumn, CatalogRelation};
use census_directory::Directory;
use census_error::{Error, Result};
use census_types::SqlType;
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch, new_null_array};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The views that are made here.
const OWN: [&str; 9] = [
    "columns",
    "constraint_column_usage",
    "key_column_usage",
    "referential_constraints",
    "routines",
    "schemata",
    "table_constraints",
    "tables",
    "views",
];

/// The view of views, of which there are none.
const VIEWS: SystemRelation = SystemRelation {
    name: "views",
    oid: 0,
    columns: &[
        Column("table_catalog", Kind::Name),
        Column("table_schema", Kind::Name),
        Column("table_name", Kind::Name),
        Column("view_definition", Kind::Text),
        Column("check_option", Kind::Text),
        Column("is_updatable", Kind::Text),
    ],
    rows: |_| Vec::new(),
};

/// Returns the columns of a view, or `None` where there is none of the name.
pub(crate) fn schema(name: &str) -> Option<SchemaRef> {
    if let Some(view) = information_views::find(name) {
        return Some(view.schema());
    }
    own_view(name, &Catalog::default(), Directory::builtin())
        .ok()
        .flatten()
        .map(|batch| batch.schema())
}

/// Returns the names of all views.
pub(crate) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> =
        OWN.into_iter().chain(information_views::VIEWS.iter().map(|view| view.name)).collect();
    names.sort_unstable();
    names
}

/// Returns a view with its rows, or `None` where there is none of the name.
pub(crate) fn view(
    name: &str,
    source: &Source<'_>,
    directory: &Directory,
) -> Result<Option<RecordBatch>> {
    match information_views::find(name) {
        Some(view) => view.batch(source).map(Some),
        None => own_view(name, source.catalog, directory),
    }
}

fn own_view(name: &str, catalog: &Catalog, directory: &Directory) -> Result<Option<RecordBatch>> {
    Ok(Some(match name {
        "columns" => columns(catalog)?,
        "constraint_column_usage"
        | "key_column_usage"
        | "referential_constraints"
        | "table_constraints" => constraints::information(name, directory)?,
        "routines" => routines::routines()?,
        "schemata" => schemata()?,
        "tables" => tables(catalog)?,
        "views" => RecordBatch::new_empty(VIEWS.schema()),
        _ => return Ok(None),
    }))
}

/// Returns the relations that the views list: all but the catalogs themselves.
fn listed(catalog: &Catalog) -> Vec<&CatalogRelation> {
    let is_own = |relation: &&CatalogRelation| {
        !matches!(relation.schema.as_str(), "pg_catalog" | "information_schema")
    };
    catalog.relations().iter().filter(is_own).collect()
}

fn tables(catalog: &Catalog) -> Result<RecordBatch> {
    let listed = listed(catalog);
    batch(vec![
        ("table_catalog", texts(listed.iter().map(|_| CATALOG))),
        ("table_schema", texts(listed.iter().map(|relation| relation.schema.as_str()))),
        ("table_name", texts(listed.iter().map(|relation| relation.name.as_str()))),
        ("table_type", texts(listed.iter().map(|_| "BASE TABLE"))),
        ("is_insertable_into", texts(listed.iter().map(|_| "NO"))),
    ])
}

fn schemata() -> Result<RecordBatch> {
    let schemas = ["aws", "census", "information_schema", "pg_catalog"];
    batch(vec![
        ("catalog_name", texts(schemas.iter().map(|_| CATALOG))),
        ("schema_name", texts(schemas.iter().copied())),
        ("schema_owner", texts(schemas.iter().map(|_| CATALOG))),
    ])
}

fn columns(catalog: &Catalog) -> Result<RecordBatch> {
    let mut rows: Vec<(&CatalogRelation, i64, &CatalogColumn)> = Vec::new();
    for relation in listed(catalog) {
        rows.extend(
            (1_i64..).zip(&relation.columns).map(|(place, column)| (relation, place, column)),
        );
    }
    let text = |name: &'static str,
                cell: fn(&(&CatalogRelation, i64, &CatalogColumn)) -> String| {
        (name, texts(rows.iter().map(cell)), false)
    };
    let absent = |name: &'static str, data_type: DataType| {
        (name, new_null_array(&data_type, rows.len()), true)
    };
    let places = Int64Array::from_iter_values(rows.iter().map(|(_, place, _)| *place));
    let columns: Vec<(&str, ArrayRef, bool)> = vec![
        text("table_catalog", |_| CATALOG.to_owned()),
        text("table_schema", |(relation, _, _)| relation.schema.clone()),
        text("table_name", |(relation, _, _)| relation.name.clone()),
        text("column_name", |(_, _, column)| column.name.clone()),
        ("ordinal_position", Arc::new(places), false),
        absent("column_default", DataType::Utf8),
        text("is_nullable", |(_, _, column)| yes_or_no(column.is_nullable)),
        text("data_type", |(_, _, column)| information_type(&column.sql_type)),
        absent("character_maximum_length", DataType::Int64),
        absent("character_octet_length", DataType::Int64),
        absent("numeric_precision", DataType::Int64),
        absent("numeric_precision_radix", DataType::Int64),
        absent("numeric_scale", DataType::Int64),
        absent("datetime_precision", DataType::Int64),
        absent("interval_type", DataType::Utf8),
        absent("collation_name", DataType::Utf8),
        absent("domain_name", DataType::Utf8),
        text("udt_catalog", |_| CATALOG.to_owned()),
        text("udt_schema", |(_, _, column)| {
            let is_extension = matches!(column.sql_type, SqlType::Hstore);
            if is_extension { "public" } else { "pg_catalog" }.to_owned()
        }),
        text("udt_name", |(_, _, column)| column.sql_type.internal_name().into_owned()),
        text("is_identity", |_| yes_or_no(false)),
        text("is_generated", |_| "NEVER".to_owned()),
        text("is_updatable", |_| yes_or_no(false)),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, column, nullable)| Field::new(*name, column.data_type().clone(), *nullable))
        .collect();
    let columns = columns.into_iter().map(|(_, column, _)| column).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(Error::internal)
}

fn yes_or_no(is_so: bool) -> String {
    if is_so { "YES" } else { "NO" }.to_owned()
}

/// Returns the type as the standard's view names it: arrays and types of extensions have no name of their own.
fn information_type(sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Array(_) => "ARRAY".to_owned(),
        SqlType::Hstore => "USER-DEFINED".to_owned(),
        other => other.name().into_owned(),
    }
}
