//! `pg_type`: the types of values, each with its array.

use super::OWNER;
use super::pg_collation::DEFAULT_COLLATION;
use super::relation::Cell;
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::row_type;
use census_types::SqlType;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_type", oid: 1247, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("typname", Kind::Name),
    Column("typnamespace", Kind::Oid),
    Column("typowner", Kind::Oid),
    Column("typlen", Kind::Number),
    Column("typbyval", Kind::Bool),
    Column("typtype", Kind::Char),
    Column("typcategory", Kind::Char),
    Column("typispreferred", Kind::Bool),
    Column("typisdefined", Kind::Bool),
    Column("typdelim", Kind::Char),
    Column("typrelid", Kind::Oid),
    Column("typsubscript", Kind::Name),
    Column("typelem", Kind::Oid),
    Column("typarray", Kind::Oid),
    Column("typinput", Kind::Name),
    Column("typoutput", Kind::Name),
    Column("typreceive", Kind::Oid),
    Column("typsend", Kind::Oid),
    Column("typmodin", Kind::Name),
    Column("typmodout", Kind::Name),
    Column("typanalyze", Kind::Name),
    Column("typalign", Kind::Char),
    Column("typstorage", Kind::Char),
    Column("typnotnull", Kind::Bool),
    Column("typbasetype", Kind::Oid),
    Column("typtypmod", Kind::Number),
    Column("typndims", Kind::Number),
    Column("typcollation", Kind::Oid),
    Column("typdefaultbin", Kind::Text),
    Column("typdefault", Kind::Text),
    Column("typacl", Kind::Texts),
];

/// Types that values of Census do not have but that clients ask for: name, number, category, number of the array.
const FURTHER: [(&str, u32, &str, u32); 4] = [
    ("bpchar", 1042, "S", 1014),
    ("varchar", 1043, "S", 1015),
    ("void", 2278, "P", 0),
    ("any", 2276, "P", 0),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let schema = |name: &str| source.catalog.schema_oid(name).unwrap_or_default();
    let mut rows = Vec::new();
    for scalar in SqlType::SCALARS {
        let home = schema(if scalar == SqlType::Hstore { "public" } else { "pg_catalog" });
        rows.push(scalar_row(&scalar, home));
        if scalar != SqlType::Unknown {
            rows.push(array_row(
                &scalar.internal_name(),
                scalar.clone().into_array().oid(),
                scalar.oid(),
                home,
            ));
        }
    }
    let system = schema("pg_catalog");
    for (name, oid, category, array) in FURTHER {
        let kind = if category == "P" { "p" } else { "b" };
        let mut row = common(name, oid, system, category, kind);
        row.extend([("typlen", (-1_i64).into()), ("typarray", array.into())]);
        row.extend(functions(name));
        rows.push(row);
        if array != 0 {
            rows.push(array_row(name, array, oid, system));
        }
    }
    rows.extend(source.catalog.relations().iter().map(|relation| {
        let home = schema(&relation.schema);
        let oid = u32::try_from(row_type(relation)).unwrap_or_default();
        let mut row = common(&relation.name, oid, home, "C", "c");
        row.extend([("typrelid", relation.oid.into()), ("typlen", (-1_i64).into())]);
        row
    }));
    rows
}

/// Returns the bytes that a value takes; -1 where they vary.
pub(super) fn length(sql_type: &SqlType) -> i64 {
    match sql_type {
        SqlType::Bool | SqlType::Char => 1,
        SqlType::Int16 => 2,
        SqlType::Int32 | SqlType::Float32 | SqlType::Date | SqlType::Oid => 4,
        SqlType::Int64
        | SqlType::Float64
        | SqlType::Timestamp
        | SqlType::TimestampTz
        | SqlType::Time => 8,
        SqlType::Interval => 16,
        SqlType::Name => 64,
        SqlType::Unknown => -2,
        _ => -1,
    }
}

fn scalar_row(scalar: &SqlType, schema: i64) -> Row {
    let category = match scalar {
        SqlType::Bool => "B",
        SqlType::Int16
        | SqlType::Int32
        | SqlType::Int64
        | SqlType::Float32
        | SqlType::Float64
        | SqlType::Numeric
        | SqlType::Oid => "N",
        SqlType::Text | SqlType::Name => "S",
        SqlType::Timestamp | SqlType::TimestampTz | SqlType::Date | SqlType::Time => "D",
        SqlType::Interval => "T",
        SqlType::Inet => "I",
        SqlType::Char => "Z",
        SqlType::Unknown => "X",
        _ => "U",
    };
    let kind = if *scalar == SqlType::Unknown { "p" } else { "b" };
    let name = scalar.internal_name();
    let mut row = common(&name, scalar.oid(), schema, category, kind);
    row.push(("typlen", length(scalar).into()));
    row.extend(functions(&name));
    if *scalar != SqlType::Unknown {
        row.push(("typarray", scalar.clone().into_array().oid().into()));
    }
    if *scalar == SqlType::Text {
        row.push(("typcollation", DEFAULT_COLLATION.into()));
    }
    row
}

fn array_row(element: &str, oid: u32, element_oid: u32, schema: i64) -> Row {
    let mut row = common(&format!("_{element}"), oid, schema, "A", "b");
    row.extend([
        ("typlen", (-1_i64).into()),
        ("typelem", element_oid.into()),
        ("typsubscript", "array_subscript_handler".into()),
    ]);
    row.extend(functions("array"));
    row
}

fn common(name: &str, oid: u32, schema: i64, category: &str, kind: &str) -> Row {
    vec![
        ("oid", oid.into()),
        ("typname", name.into()),
        ("typnamespace", schema.into()),
        ("typowner", OWNER.into()),
        ("typtype", kind.into()),
        ("typcategory", category.into()),
        ("typisdefined", true.into()),
        ("typdelim", ",".into()),
        ("typalign", "i".into()),
        ("typstorage", "x".into()),
        ("typtypmod", (-1_i64).into()),
    ]
}

/// Returns the functions that read and write values; those of the binary form are numbers, which tell only that
/// there are some.
fn functions(name: &str) -> Row {
    vec![
        ("typinput", Cell::Text(format!("{name}_in"))),
        ("typoutput", Cell::Text(format!("{name}_out"))),
        ("typreceive", 1_i64.into()),
        ("typsend", 1_i64.into()),
    ]
}
