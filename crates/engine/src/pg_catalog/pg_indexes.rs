//! `pg_indexes`: the indexes of primary keys, by name.

use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::CatalogKey;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_indexes", oid: 0, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("schemaname", Kind::Name),
    Column("tablename", Kind::Name),
    Column("indexname", Kind::Name),
    Column("tablespace", Kind::Name),
    Column("indexdef", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |key: &CatalogKey| -> Option<Row> {
        let (relation, _) = source.catalog.keyed(key)?;
        Some(vec![
            ("schemaname", relation.schema.as_str().into()),
            ("tablename", relation.name.as_str().into()),
            ("indexname", key.name.as_str().into()),
            ("indexdef", source.catalog.index_definition(key)?.as_str().into()),
        ])
    };
    source.catalog.keys().iter().filter_map(row).collect()
}
