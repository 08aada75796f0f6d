//! `pg_database`: the one database.

use super::OWNER;
use super::pg_tablespace::DEFAULT_TABLESPACE;
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use crate::tables::CATALOG;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_database", oid: 1262, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("datname", Kind::Name),
    Column("datdba", Kind::Oid),
    Column("encoding", Kind::Number),
    Column("datlocprovider", Kind::Char),
    Column("datistemplate", Kind::Bool),
    Column("datallowconn", Kind::Bool),
    Column("datconnlimit", Kind::Number),
    Column("datfrozenxid", Kind::Oid),
    Column("datminmxid", Kind::Oid),
    Column("dattablespace", Kind::Oid),
    Column("datcollate", Kind::Text),
    Column("datctype", Kind::Text),
    Column("daticulocale", Kind::Text),
    Column("datcollversion", Kind::Text),
    Column("datacl", Kind::Texts),
];

/// The number of the database.
pub(super) const NUMBER: i64 = 5;

/// The number of UTF8 among the encodings.
const UTF8: i64 = 6;

fn rows(_: &Source<'_>) -> Vec<Row> {
    vec![vec![
        ("oid", NUMBER.into()),
        ("datname", CATALOG.into()),
        ("datdba", OWNER.into()),
        ("encoding", UTF8.into()),
        ("datlocprovider", "c".into()),
        ("datallowconn", true.into()),
        ("datconnlimit", (-1_i64).into()),
        ("dattablespace", DEFAULT_TABLESPACE.into()),
        ("datcollate", "C".into()),
        ("datctype", "C.UTF-8".into()),
    ]]
}
