//! `pg_constraint`: the primary keys. What points elsewhere does so by tags, which are no columns with a number;
//! `information_schema` tells of it.

use super::relation::{Cell, Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::CatalogKey;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_constraint", oid: 2606, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("conname", Kind::Name),
    Column("connamespace", Kind::Oid),
    Column("contype", Kind::Char),
    Column("condeferrable", Kind::Bool),
    Column("condeferred", Kind::Bool),
    Column("convalidated", Kind::Bool),
    Column("conrelid", Kind::Oid),
    Column("contypid", Kind::Oid),
    Column("conindid", Kind::Oid),
    Column("conparentid", Kind::Oid),
    Column("confrelid", Kind::Oid),
    Column("confupdtype", Kind::Char),
    Column("confdeltype", Kind::Char),
    Column("confmatchtype", Kind::Char),
    Column("conislocal", Kind::Bool),
    Column("coninhcount", Kind::Number),
    Column("connoinherit", Kind::Bool),
    Column("conkey", Kind::Numbers),
    Column("confkey", Kind::Numbers),
    Column("conpfeqop", Kind::Numbers),
    Column("conppeqop", Kind::Numbers),
    Column("conffeqop", Kind::Numbers),
    Column("confdelsetcols", Kind::Numbers),
    Column("conexclop", Kind::Numbers),
    Column("conbin", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |key: &CatalogKey| -> Option<Row> {
        let (relation, _) = source.catalog.keyed(key)?;
        Some(vec![
            ("oid", key.constraint.into()),
            ("conname", key.name.as_str().into()),
            ("connamespace", source.catalog.schema_oid(&relation.schema)?.into()),
            ("contype", "p".into()),
            ("convalidated", true.into()),
            ("conrelid", key.relation.into()),
            ("conindid", key.oid.into()),
            // PostgreSQL's for what updates and deletes of another relation do, of which there is none.
            ("confupdtype", " ".into()),
            ("confdeltype", " ".into()),
            ("confmatchtype", " ".into()),
            ("conislocal", true.into()),
            ("connoinherit", true.into()),
            ("conkey", Cell::Numbers(key.places.clone())),
        ])
    };
    source.catalog.keys().iter().filter_map(row).collect()
}
