//! `pg_class`: every relation.

use super::OWNER;
use super::pg_am::{BTREE, HEAP};
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::{CatalogKey, CatalogRelation, row_type};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_class", oid: 1259, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("relname", Kind::Name),
    Column("relnamespace", Kind::Oid),
    Column("reltype", Kind::Oid),
    Column("reloftype", Kind::Oid),
    Column("relowner", Kind::Oid),
    Column("relam", Kind::Oid),
    Column("relfilenode", Kind::Oid),
    Column("reltablespace", Kind::Oid),
    Column("relpages", Kind::Number),
    Column("reltuples", Kind::Number),
    Column("relallvisible", Kind::Number),
    Column("reltoastrelid", Kind::Oid),
    Column("relhasindex", Kind::Bool),
    Column("relisshared", Kind::Bool),
    Column("relpersistence", Kind::Char),
    Column("relkind", Kind::Char),
    Column("relnatts", Kind::Number),
    Column("relchecks", Kind::Number),
    Column("relhasrules", Kind::Bool),
    Column("relhastriggers", Kind::Bool),
    Column("relhassubclass", Kind::Bool),
    Column("relrowsecurity", Kind::Bool),
    Column("relforcerowsecurity", Kind::Bool),
    Column("relispopulated", Kind::Bool),
    Column("relreplident", Kind::Char),
    Column("relispartition", Kind::Bool),
    Column("relrewrite", Kind::Oid),
    Column("relfrozenxid", Kind::Oid),
    Column("relminmxid", Kind::Oid),
    Column("relacl", Kind::Texts),
    Column("reloptions", Kind::Texts),
    Column("relpartbound", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |relation: &CatalogRelation| -> Row {
        let schema = source.catalog.schema_oid(&relation.schema).unwrap_or_default();
        vec![
            ("oid", relation.oid.into()),
            ("relname", relation.name.as_str().into()),
            ("relnamespace", schema.into()),
            ("reltype", row_type(relation).into()),
            ("relowner", OWNER.into()),
            ("relam", if relation.is_view { 0 } else { HEAP }.into()),
            // Not counted: it would take a scan.
            ("reltuples", (-1_i64).into()),
            ("relpersistence", "p".into()),
            ("relkind", if relation.is_view { "v" } else { "r" }.into()),
            ("relnatts", relation.columns.len().into()),
            ("relhasindex", (!relation.primary_key.is_empty()).into()),
            ("relispopulated", true.into()),
            ("relreplident", "d".into()),
        ]
    };
    let index = |key: &CatalogKey| -> Option<Row> {
        let (relation, columns) = source.catalog.keyed(key)?;
        Some(vec![
            ("oid", key.oid.into()),
            ("relname", key.name.as_str().into()),
            ("relnamespace", source.catalog.schema_oid(&relation.schema)?.into()),
            ("relowner", OWNER.into()),
            ("relam", BTREE.into()),
            ("reltuples", (-1_i64).into()),
            ("relpersistence", "p".into()),
            ("relkind", "i".into()),
            ("relnatts", columns.len().into()),
            ("relispopulated", true.into()),
            ("relreplident", "n".into()),
        ])
    };
    let rows = source.catalog.relations().iter().map(row);
    rows.chain(source.catalog.keys().iter().filter_map(index)).collect()
}
