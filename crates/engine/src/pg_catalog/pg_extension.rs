//! `pg_extension`: what PostgreSQL brings as extensions; hstore is there.

use super::OWNER;
use super::relation::{Column, Kind, Row, Source, SystemRelation};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_extension", oid: 3079, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("extname", Kind::Name),
    Column("extowner", Kind::Oid),
    Column("extnamespace", Kind::Oid),
    Column("extrelocatable", Kind::Bool),
    Column("extversion", Kind::Text),
    Column("extconfig", Kind::Numbers),
    Column("extcondition", Kind::Texts),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let schema = source.catalog.schema_oid("public").unwrap_or_default();
    vec![vec![
        ("oid", 16_380_i64.into()),
        ("extname", "hstore".into()),
        ("extowner", OWNER.into()),
        ("extnamespace", schema.into()),
        ("extrelocatable", true.into()),
        // The version whose functions and operators Census has: that of PostgreSQL 15.
        ("extversion", "1.8".into()),
    ]]
}
