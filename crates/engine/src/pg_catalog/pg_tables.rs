//! `pg_tables`: the relations that are no views, with their names.

use super::relation::{Column, Kind, Row, Source, SystemRelation};
use crate::tables::CATALOG;
use census_dialect::catalog::CatalogRelation;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_tables", oid: 0, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("schemaname", Kind::Name),
    Column("tablename", Kind::Name),
    Column("tableowner", Kind::Name),
    Column("tablespace", Kind::Name),
    Column("hasindexes", Kind::Bool),
    Column("hasrules", Kind::Bool),
    Column("hastriggers", Kind::Bool),
    Column("rowsecurity", Kind::Bool),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let tables = source.catalog.relations().iter().filter(|relation| !relation.is_view);
    let row = |relation: &CatalogRelation| -> Row {
        vec![
            ("schemaname", relation.schema.as_str().into()),
            ("tablename", relation.name.as_str().into()),
            ("tableowner", CATALOG.into()),
            ("hasindexes", (!relation.primary_key.is_empty()).into()),
        ]
    };
    tables.map(row).collect()
}
