//! `pg_description`: what the directory says of datasets and their columns, and the records of functions.

use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::catalog_functions;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_description", oid: 2609, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("objoid", Kind::Oid),
    Column("classoid", Kind::Oid),
    Column("objsubid", Kind::Number),
    Column("description", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for relation in source.catalog.relations() {
        let columns = relation.columns.iter().map(|column| column.description.as_str());
        let descriptions = std::iter::once(relation.description.as_str()).chain(columns);
        for (place, description) in (0_i64..).zip(descriptions) {
            if description.is_empty() {
                continue;
            }
            rows.push(vec![
                ("objoid", relation.oid.into()),
                ("classoid", super::pg_class::RELATION.oid.into()),
                ("objsubid", place.into()),
                ("description", description.into()),
            ]);
        }
    }
    rows.extend(catalog_functions().map(|function| -> Row {
        vec![
            ("objoid", function.oid.into()),
            ("classoid", super::pg_proc::RELATION.oid.into()),
            ("description", function.record.summary.into()),
        ]
    }));
    rows
}
