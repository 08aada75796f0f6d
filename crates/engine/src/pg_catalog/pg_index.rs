//! `pg_index`: the indexes of primary keys.

use super::relation::{Cell, Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::CatalogKey;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_index", oid: 2610, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("indexrelid", Kind::Oid),
    Column("indrelid", Kind::Oid),
    Column("indnatts", Kind::Number),
    Column("indnkeyatts", Kind::Number),
    Column("indisunique", Kind::Bool),
    Column("indnullsnotdistinct", Kind::Bool),
    Column("indisprimary", Kind::Bool),
    Column("indisexclusion", Kind::Bool),
    Column("indimmediate", Kind::Bool),
    Column("indisclustered", Kind::Bool),
    Column("indisvalid", Kind::Bool),
    Column("indcheckxmin", Kind::Bool),
    Column("indisready", Kind::Bool),
    Column("indislive", Kind::Bool),
    Column("indisreplident", Kind::Bool),
    Column("indkey", Kind::Places),
    Column("indcollation", Kind::Oids),
    Column("indclass", Kind::Oids),
    Column("indoption", Kind::Places),
    Column("indexprs", Kind::Text),
    Column("indpred", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |key: &CatalogKey| -> Row {
        // Each column is sorted as its type is, ascending, with NULL last.
        let usual = Cell::Numbers(vec![0; key.places.len()]);
        vec![
            ("indexrelid", key.oid.into()),
            ("indrelid", key.relation.into()),
            ("indnatts", key.places.len().into()),
            ("indnkeyatts", key.places.len().into()),
            ("indisunique", true.into()),
            ("indisprimary", true.into()),
            ("indimmediate", true.into()),
            ("indisvalid", true.into()),
            ("indisready", true.into()),
            ("indislive", true.into()),
            ("indkey", Cell::Numbers(key.places.clone())),
            ("indcollation", usual.clone()),
            ("indclass", usual.clone()),
            ("indoption", usual),
        ]
    };
    source.catalog.keys().iter().map(row).collect()
}
