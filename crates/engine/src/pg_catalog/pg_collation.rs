//! `pg_collation`: orders of texts; there is that of their bytes.

use super::OWNER;
use super::relation::{Column, Kind, Row, Source, SystemRelation};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_collation", oid: 3456, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("collname", Kind::Name),
    Column("collnamespace", Kind::Oid),
    Column("collowner", Kind::Oid),
    Column("collprovider", Kind::Char),
    Column("collisdeterministic", Kind::Bool),
    Column("collencoding", Kind::Number),
    Column("collcollate", Kind::Text),
    Column("collctype", Kind::Text),
    Column("colliculocale", Kind::Text),
    Column("collversion", Kind::Text),
];

/// The number of the collation of every text.
pub(super) const DEFAULT_COLLATION: i64 = 100;
/// The number of the collation of names, which is that of bytes.
pub(super) const C_COLLATION: i64 = 950;

fn rows(source: &Source<'_>) -> Vec<Row> {
    let schema = source.catalog.schema_oid("pg_catalog").unwrap_or_default();
    let row = |oid: i64, name: &str, provider: &str| -> Row {
        vec![
            ("oid", oid.into()),
            ("collname", name.into()),
            ("collnamespace", schema.into()),
            ("collowner", OWNER.into()),
            ("collprovider", provider.into()),
            ("collisdeterministic", true.into()),
            ("collencoding", (-1_i64).into()),
        ]
    };
    vec![row(DEFAULT_COLLATION, "default", "d"), row(C_COLLATION, "C", "c"), row(951, "POSIX", "c")]
}
