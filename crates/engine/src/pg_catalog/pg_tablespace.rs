//! `pg_tablespace`: where relations are kept; clients join it to the database's.

use super::OWNER;
use super::relation::{Column, Kind, Row, Source, SystemRelation};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_tablespace", oid: 1213, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("spcname", Kind::Name),
    Column("spcowner", Kind::Oid),
    Column("spcacl", Kind::Texts),
    Column("spcoptions", Kind::Texts),
];

/// The number of the only tablespace.
pub(super) const DEFAULT_TABLESPACE: i64 = 1663;

fn rows(_: &Source<'_>) -> Vec<Row> {
    vec![vec![
        ("oid", DEFAULT_TABLESPACE.into()),
        ("spcname", "pg_default".into()),
        ("spcowner", OWNER.into()),
    ]]
}
