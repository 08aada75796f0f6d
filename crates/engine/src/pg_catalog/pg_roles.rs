//! `pg_roles` and `pg_user`: the one user.

use super::OWNER;
use super::relation::{Cell, Column, Kind, Row, Source, SystemRelation};
use crate::tables::CATALOG;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_roles", oid: 0, columns: COLUMNS, rows };

/// The same under the names that PostgreSQL had before it had roles.
pub(super) const USERS: SystemRelation =
    SystemRelation { name: "pg_user", oid: 0, columns: USER_COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("oid", Kind::Oid),
    Column("rolname", Kind::Name),
    Column("rolsuper", Kind::Bool),
    Column("rolinherit", Kind::Bool),
    Column("rolcreaterole", Kind::Bool),
    Column("rolcreatedb", Kind::Bool),
    Column("rolcanlogin", Kind::Bool),
    Column("rolreplication", Kind::Bool),
    Column("rolconnlimit", Kind::Number),
    Column("rolpassword", Kind::Text),
    Column("rolvaliduntil", Kind::Timestamp),
    Column("rolbypassrls", Kind::Bool),
    Column("rolconfig", Kind::Texts),
];

const USER_COLUMNS: &[Column] = &[
    Column("usename", Kind::Name),
    Column("usesysid", Kind::Oid),
    Column("usecreatedb", Kind::Bool),
    Column("usesuper", Kind::Bool),
    Column("userepl", Kind::Bool),
    Column("usebypassrls", Kind::Bool),
    Column("passwd", Kind::Text),
    Column("valuntil", Kind::Timestamp),
    Column("useconfig", Kind::Texts),
];

fn rows(_: &Source<'_>) -> Vec<Row> {
    vec![vec![
        ("oid", OWNER.into()),
        ("rolname", CATALOG.into()),
        ("rolinherit", true.into()),
        ("rolcanlogin", true.into()),
        ("rolconnlimit", (-1_i64).into()),
        ("rolpassword", Cell::Text("********".to_owned())),
        ("usename", CATALOG.into()),
        ("usesysid", OWNER.into()),
    ]]
}
