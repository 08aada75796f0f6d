//! The objects that can be asked, as the catalogs list them: datasets, the tables of Census, and the catalogs themselves.

use crate::constraints::PRIMARY_KEY;
use crate::tables::{self, SETTINGS_TABLE};
use crate::{information_schema, pg_catalog};
use census_dialect::catalog::{Catalog, CatalogColumn, CatalogRelation};
use census_directory::{Directory, census_tables};
use census_types::SqlType;
use datafusion::arrow::datatypes::{Field, Schema};
use std::sync::Arc;

/// Returns every object, sorted by schema and name within each kind.
pub(crate) fn catalog(directory: &Directory) -> Arc<Catalog> {
    let mut relations: Vec<CatalogRelation> = directory
        .datasets()
        .map(|dataset| CatalogRelation {
            oid: 0,
            schema: dataset.schema_name().to_owned(),
            name: dataset.table_name().to_owned(),
            is_view: false,
            description: dataset.description.clone(),
            columns: columns(&dataset.schema(), |name| {
                dataset.column(name).map(|column| column.description.clone())
            }),
            primary_key: PRIMARY_KEY.map(str::to_owned).to_vec(),
        })
        .collect();
    relations.extend(census_tables::ALL.iter().map(|table| CatalogRelation {
        oid: 0,
        schema: "census".to_owned(),
        name: table.table_name().to_owned(),
        is_view: false,
        description: table.description.to_owned(),
        columns: columns(&table.schema(), |name| {
            let column = table.columns.iter().find(|column| column.name == name);
            column.map(|column| column.description.to_owned())
        }),
        primary_key: Vec::new(),
    }));
    relations.push(CatalogRelation {
        oid: 0,
        schema: "census".to_owned(),
        name: SETTINGS_TABLE.to_owned(),
        is_view: false,
        description: "The settings of the session.".to_owned(),
        columns: columns(&tables::settings_schema(), |_| None),
        primary_key: Vec::new(),
    });
    relations.sort_by(|left, right| (&left.schema, &left.name).cmp(&(&right.schema, &right.name)));
    relations.extend(information_schema::names().into_iter().map(|name| {
        CatalogRelation {
            oid: 0,
            schema: "information_schema".to_owned(),
            name: name.to_owned(),
            is_view: true,
            description: String::new(),
            columns: information_schema::schema(name)
                .map_or_else(Vec::new, |schema| columns(&schema, |_| None)),
            primary_key: Vec::new(),
        }
    }));
    relations.extend(pg_catalog::listed());
    Catalog::new(relations)
}

fn columns(schema: &Schema, description: impl Fn(&str) -> Option<String>) -> Vec<CatalogColumn> {
    let column = |field: &Arc<Field>| CatalogColumn {
        name: field.name().clone(),
        sql_type: SqlType::from_field(field),
        is_nullable: field.is_nullable(),
        description: description(field.name()).unwrap_or_default(),
    };
    schema.fields().iter().map(column).collect()
}
