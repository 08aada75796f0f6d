//! `pg_am`: how relations are kept.

use super::relation::{Column, Kind, Row, Source, SystemRelation};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_am", oid: 2601, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("amname", Kind::Name),
    Column("amhandler", Kind::Name),
    Column("amtype", Kind::Char),
];

fn rows(_: &Source<'_>) -> Vec<Row> {
    // Clients join it to name how a table is kept; in PostgreSQL that is `heap`.
    vec![vec![
        ("oid", 2_i64.into()),
        ("amname", "heap".into()),
        ("amhandler", "heap_tableam_handler".into()),
        ("amtype", "t".into()),
    ]]
}
