//! `pg_namespace`: the schemas.

use super::OWNER;
use super::relation::{Column, Kind, Row, Source, SystemRelation};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_namespace", oid: 2615, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("nspname", Kind::Name),
    Column("nspowner", Kind::Oid),
    Column("nspacl", Kind::Texts),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |(name, oid): (&str, i64)| -> Row {
        vec![("oid", oid.into()), ("nspname", name.into()), ("nspowner", OWNER.into())]
    };
    source.catalog.schemas().map(row).collect()
}
