//! `pg_proc`: every form of every function.

use super::OWNER;
use super::pg_language::INTERNAL;
use super::relation::Cell;
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use census_dialect::catalog::{CatalogFunction, catalog_functions, find_type};
use census_dialect::functions::Implementation;
use census_types::{TYPE_ROUTINES, TypeRoutine};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_proc", oid: 1255, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("proname", Kind::Name),
    Column("pronamespace", Kind::Oid),
    Column("proowner", Kind::Oid),
    Column("prolang", Kind::Oid),
    Column("procost", Kind::Number),
    Column("prorows", Kind::Number),
    Column("provariadic", Kind::Oid),
    Column("prosupport", Kind::RegProc),
    Column("prokind", Kind::Char),
    Column("prosecdef", Kind::Bool),
    Column("proleakproof", Kind::Bool),
    Column("proisstrict", Kind::Bool),
    Column("proretset", Kind::Bool),
    Column("provolatile", Kind::Char),
    Column("proparallel", Kind::Char),
    Column("pronargs", Kind::Number),
    Column("pronargdefaults", Kind::Number),
    Column("prorettype", Kind::Oid),
    Column("proargtypes", Kind::Oids),
    Column("proallargtypes", Kind::Numbers),
    Column("proargmodes", Kind::Texts),
    Column("proargnames", Kind::Texts),
    Column("proargdefaults", Kind::Text),
    Column("protrftypes", Kind::Numbers),
    Column("prosrc", Kind::Text),
    Column("probin", Kind::Text),
    Column("prosqlbody", Kind::Text),
    Column("proconfig", Kind::Texts),
    Column("proacl", Kind::Texts),
];

/// The number of the type of what has none of its own.
const ANY: u32 = 2276;

fn rows(source: &Source<'_>) -> Vec<Row> {
    let schema = source.catalog.schema_oid("pg_catalog").unwrap_or_default();
    let number = |name: &str| i64::from(find_type(name).map_or(ANY, |found| found.oid()));
    let row = |function: CatalogFunction| -> Row {
        let arguments: Vec<i64> = function
            .arguments
            .split(',')
            .filter(|argument| !argument.trim().is_empty())
            .map(|argument| number(argument.trim()))
            .collect();
        let kind = match function.record.implementation {
            Implementation::Aggregate(_) => "a",
            Implementation::Window(_) => "w",
            _ => "f",
        };
        vec![
            ("oid", function.oid.into()),
            ("proname", function.record.name.into()),
            ("pronamespace", schema.into()),
            ("proowner", OWNER.into()),
            ("prolang", INTERNAL.into()),
            ("procost", 1_i64.into()),
            ("prokind", kind.into()),
            ("proretset", matches!(function.record.implementation, Implementation::Rows(_)).into()),
            ("provolatile", "i".into()),
            ("proparallel", "s".into()),
            ("pronargs", arguments.len().into()),
            ("prorettype", number(function.result).into()),
            ("proargtypes", Cell::Numbers(arguments)),
            ("prosrc", function.record.name.into()),
        ]
    };
    let extension = source.catalog.schema_oid("public").unwrap_or_default();
    let types = TYPE_ROUTINES.iter().map(|routine| {
        let home = if routine.name.starts_with("hstore_") { extension } else { schema };
        type_routine(routine, home)
    });
    types.chain(catalog_functions().map(row)).collect()
}

/// Returns the row of a function by which values of a type are read or written.
fn type_routine(routine: &TypeRoutine, schema: i64) -> Row {
    let arguments: Vec<i64> = routine.arguments.iter().map(|oid| i64::from(*oid)).collect();
    vec![
        ("oid", routine.oid.into()),
        ("proname", routine.name.into()),
        ("pronamespace", schema.into()),
        ("proowner", OWNER.into()),
        ("prolang", INTERNAL.into()),
        ("procost", 1_i64.into()),
        ("prokind", "f".into()),
        ("proisstrict", true.into()),
        ("provolatile", "i".into()),
        ("proparallel", "s".into()),
        ("pronargs", arguments.len().into()),
        ("prorettype", routine.result.into()),
        ("proargtypes", Cell::Numbers(arguments)),
        ("prosrc", routine.name.into()),
    ]
}
