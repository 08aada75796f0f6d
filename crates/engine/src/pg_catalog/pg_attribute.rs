//! `pg_attribute`: the columns of every relation.

use super::base_type::{BaseType, array_alignment};
use super::pg_collation::DEFAULT_COLLATION;
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_types::SqlType;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_attribute", oid: 1249, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("attrelid", Kind::Oid),
    Column("attname", Kind::Name),
    Column("atttypid", Kind::Oid),
    Column("attstattarget", Kind::Number),
    Column("attlen", Kind::Number),
    Column("attnum", Kind::Number),
    Column("attndims", Kind::Number),
    Column("attcacheoff", Kind::Number),
    Column("atttypmod", Kind::Number),
    Column("attbyval", Kind::Bool),
    Column("attalign", Kind::Char),
    Column("attstorage", Kind::Char),
    Column("attcompression", Kind::Char),
    Column("attnotnull", Kind::Bool),
    Column("atthasdef", Kind::Bool),
    Column("atthasmissing", Kind::Bool),
    Column("attidentity", Kind::Char),
    Column("attgenerated", Kind::Char),
    Column("attisdropped", Kind::Bool),
    Column("attislocal", Kind::Bool),
    Column("attinhcount", Kind::Number),
    Column("attcollation", Kind::Oid),
    Column("attacl", Kind::Texts),
    Column("attoptions", Kind::Texts),
    Column("attfdwoptions", Kind::Texts),
    Column("attmissingval", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for relation in source.catalog.relations() {
        for (place, column) in (1_i64..).zip(&relation.columns) {
            let mut row: Row = vec![
                ("attrelid", relation.oid.into()),
                ("attname", column.name.as_str().into()),
                ("atttypid", column.sql_type.oid().into()),
                ("attstattarget", (-1_i64).into()),
                ("attnum", place.into()),
                ("attndims", i64::from(column.sql_type.is_array()).into()),
                ("attcacheoff", (-1_i64).into()),
                ("atttypmod", (-1_i64).into()),
                ("attnotnull", (!column.is_nullable).into()),
                ("attislocal", true.into()),
            ];
            row.extend(kept(&column.sql_type));
            if matches!(column.sql_type, SqlType::Text) {
                row.push(("attcollation", DEFAULT_COLLATION.into()));
            }
            rows.push(row);
        }
    }
    rows
}

/// Returns how values of a type are kept.
fn kept(sql_type: &SqlType) -> Row {
    let Some(base) = BaseType::of(sql_type) else { return Row::new() };
    if sql_type.is_array() {
        return vec![
            ("attlen", (-1_i64).into()),
            ("attalign", array_alignment(base).into()),
            ("attstorage", "x".into()),
        ];
    }
    vec![
        ("attlen", base.length.into()),
        ("attbyval", base.is_by_value.into()),
        ("attalign", base.alignment().into()),
        ("attstorage", base.storage().into()),
    ]
}
