//! `pg_views`: the views, with their names.

use super::relation::{Column, Kind, Row, Source, SystemRelation};
use crate::tables::CATALOG;
use census_dialect::catalog::CatalogRelation;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_views", oid: 0, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("schemaname", Kind::Name),
    Column("viewname", Kind::Name),
    Column("viewowner", Kind::Name),
    Column("definition", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let views = source.catalog.relations().iter().filter(|relation| relation.is_view);
    let row = |relation: &CatalogRelation| -> Row {
        vec![
            ("schemaname", relation.schema.as_str().into()),
            ("viewname", relation.name.as_str().into()),
            ("viewowner", CATALOG.into()),
        ]
    };
    views.map(row).collect()
}
