//! `pg_language`: in what functions are written.

use super::OWNER;
use super::relation::{Column, Kind, Row, Source, SystemRelation};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_language", oid: 2612, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("lanname", Kind::Name),
    Column("lanowner", Kind::Oid),
    Column("lanispl", Kind::Bool),
    Column("lanpltrusted", Kind::Bool),
    Column("lanplcallfoid", Kind::Oid),
    Column("laninline", Kind::Oid),
    Column("lanvalidator", Kind::Oid),
    Column("lanacl", Kind::Texts),
];

/// The number of the language of functions that are built in.
pub(super) const INTERNAL: i64 = 12;

fn rows(_: &Source<'_>) -> Vec<Row> {
    vec![vec![("oid", INTERNAL.into()), ("lanname", "internal".into()), ("lanowner", OWNER.into())]]
}
