//! `pg_type`: the types of values, each with its array.

use super::OWNER;
use super::base_type::{BASE_TYPES, BaseType, array_alignment};
use super::pg_collation::{C_COLLATION, DEFAULT_COLLATION};
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::row_type;
use census_types::{SqlType, TypeRoutine};

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
    Column("typsubscript", Kind::RegProc),
    Column("typelem", Kind::Oid),
    Column("typarray", Kind::Oid),
    Column("typinput", Kind::RegProc),
    Column("typoutput", Kind::RegProc),
    Column("typreceive", Kind::RegProc),
    Column("typsend", Kind::RegProc),
    Column("typmodin", Kind::RegProc),
    Column("typmodout", Kind::RegProc),
    Column("typanalyze", Kind::RegProc),
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

/// The functions that all arrays have.
const ARRAY_ROUTINES: [(&str, &str); 6] = [
    ("typinput", "array_in"),
    ("typoutput", "array_out"),
    ("typreceive", "array_recv"),
    ("typsend", "array_send"),
    ("typanalyze", "array_typanalyze"),
    ("typsubscript", "array_subscript_handler"),
];

/// The functions that the rows of all relations have.
const ROW_ROUTINES: [(&str, &str); 4] = [
    ("typinput", "record_in"),
    ("typoutput", "record_out"),
    ("typreceive", "record_recv"),
    ("typsend", "record_send"),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let schema = |name: &str| source.catalog.schema_oid(name).unwrap_or_default();
    let mut rows = Vec::new();
    for base in BASE_TYPES {
        let home = schema(if base.oid == SqlType::Hstore.oid() { "public" } else { "pg_catalog" });
        rows.push(base_row(base, home));
        if base.array != 0 {
            rows.push(array_row(base, home));
        }
    }
    rows.extend(source.catalog.relations().iter().map(|relation| {
        let home = schema(&relation.schema);
        let oid = u32::try_from(row_type(relation)).unwrap_or_default();
        let mut row = common(&relation.name, oid, home, "C", "c");
        row.extend([
            ("typrelid", relation.oid.into()),
            ("typlen", (-1_i64).into()),
            ("typalign", "d".into()),
            ("typstorage", "x".into()),
        ]);
        row.extend(routines(&ROW_ROUTINES));
        row
    }));
    rows
}

fn base_row(base: &BaseType, schema: i64) -> Row {
    let mut row = common(base.name, base.oid, schema, base.category(), base.kind());
    let subscript = match base.name {
        "name" => "raw_array_subscript_handler",
        "oidvector" | "int2vector" => "array_subscript_handler",
        "hstore" => "hstore_subscript_handler",
        _ => "",
    };
    row.extend([
        ("typlen", base.length.into()),
        ("typbyval", base.is_by_value.into()),
        ("typispreferred", base.is_preferred.into()),
        ("typalign", base.alignment().into()),
        ("typstorage", base.storage().into()),
        ("typelem", base.element.into()),
        ("typarray", base.array.into()),
        ("typcollation", collation(base).into()),
        ("typinput", base.routine("in").into()),
        ("typoutput", base.routine("out").into()),
        ("typreceive", base.routine("recv").into()),
        ("typsend", base.routine("send").into()),
        ("typmodin", base.routine("typmodin").into()),
        ("typmodout", base.routine("typmodout").into()),
        ("typsubscript", TypeRoutine::of_name(subscript).map_or(0, |found| found.oid).into()),
    ]);
    row
}

fn array_row(base: &BaseType, schema: i64) -> Row {
    let category = if base.kind() == "p" { "P" } else { "A" };
    let name = format!("_{}", base.name);
    let mut row = common(&name, base.array, schema, category, base.kind());
    row.extend([
        ("typlen", (-1_i64).into()),
        ("typalign", array_alignment(base).into()),
        ("typstorage", "x".into()),
        ("typelem", base.oid.into()),
        ("typcollation", collation(base).into()),
    ]);
    row.extend(routines(&ARRAY_ROUTINES));
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
        ("typtypmod", (-1_i64).into()),
    ]
}

fn routines(named: &[(&'static str, &str)]) -> Row {
    let number = |name| TypeRoutine::of_name(name).map_or(0, |routine| routine.oid);
    named.iter().map(|(column, name)| (*column, number(name).into())).collect()
}

/// Returns the order that texts of a type have.
fn collation(base: &BaseType) -> i64 {
    match base.name {
        "text" | "varchar" | "bpchar" => DEFAULT_COLLATION,
        "name" => C_COLLATION,
        _ => 0,
    }
}
