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

/// The number of the way in which tables are kept.
pub(super) const HEAP: i64 = 2;
/// The number of the way in which indexes are kept.
pub(super) const BTREE: i64 = 403;

fn rows(_: &Source<'_>) -> Vec<Row> {
    // Clients join it to name how a relation is kept; these are PostgreSQL's usual two.
    let row = |oid: i64, name: &str, handler: &str, kind: &str| -> Row {
        vec![
            ("oid", oid.into()),
            ("amname", name.into()),
            ("amhandler", handler.into()),
            ("amtype", kind.into()),
        ]
    };
    vec![row(HEAP, "heap", "heap_tableam_handler", "t"), row(BTREE, "btree", "bthandler", "i")]
}
