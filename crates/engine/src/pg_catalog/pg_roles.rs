//! `pg_roles`, `pg_user` and `pg_shadow`: the user that everything belongs to, and the one who has logged in.

use super::OWNER;
use super::relation::{Cell, Column, Kind, Row, Source, SystemRelation};
use crate::tables::CATALOG;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_roles", oid: 0, columns: COLUMNS, rows };

/// The same under the names that PostgreSQL had before it had roles.
pub(super) const USERS: SystemRelation =
    SystemRelation { name: "pg_user", oid: 0, columns: USER_COLUMNS, rows };

/// The same for those who may read passwords, of which there are none.
pub(super) const SHADOWS: SystemRelation =
    SystemRelation { name: "pg_shadow", oid: 0, columns: USER_COLUMNS, rows };

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

/// The number of the user who has logged in, where that is another than the owner.
const LOGGED_IN: i64 = 16_383;

/// Returns the number of a user of the session.
pub(super) fn number_of_user(name: &str) -> i64 {
    if name == CATALOG { OWNER } else { LOGGED_IN }
}

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |name: &str| -> Row {
        let number = number_of_user(name);
        vec![
            ("oid", number.into()),
            ("rolname", name.into()),
            ("rolinherit", true.into()),
            ("rolcanlogin", true.into()),
            ("rolconnlimit", (-1_i64).into()),
            ("rolpassword", Cell::Text("********".to_owned())),
            ("usename", name.into()),
            ("usesysid", number.into()),
        ]
    };
    let user = source.settings.user();
    let other = (user != CATALOG).then_some(user);
    std::iter::once(CATALOG).chain(other).map(row).collect()
}
