//! `pg_stat_activity` and `pg_stat_ssl`: the session that asks; of others nothing is told.

use super::pg_roles::number_of_user;
use super::relation::{Column, Kind, Row, Source, SystemRelation};
use crate::tables::CATALOG;

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_stat_activity", oid: 0, columns: COLUMNS, rows };

/// Whether the session is encrypted.
pub(super) const ENCRYPTION: SystemRelation =
    SystemRelation { name: "pg_stat_ssl", oid: 0, columns: ENCRYPTION_COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("datid", Kind::Oid),
    Column("datname", Kind::Name),
    Column("pid", Kind::Number),
    Column("leader_pid", Kind::Number),
    Column("usesysid", Kind::Oid),
    Column("usename", Kind::Name),
    Column("application_name", Kind::Text),
    Column("client_addr", Kind::Text),
    Column("client_hostname", Kind::Text),
    Column("client_port", Kind::Number),
    Column("backend_start", Kind::Timestamp),
    Column("xact_start", Kind::Timestamp),
    Column("query_start", Kind::Timestamp),
    Column("state_change", Kind::Timestamp),
    Column("wait_event_type", Kind::Text),
    Column("wait_event", Kind::Text),
    Column("state", Kind::Text),
    Column("backend_xid", Kind::Text),
    Column("backend_xmin", Kind::Text),
    Column("query_id", Kind::Number),
    Column("query", Kind::Text),
    Column("backend_type", Kind::Text),
];

const ENCRYPTION_COLUMNS: &[Column] = &[
    Column("pid", Kind::Number),
    Column("ssl", Kind::Bool),
    Column("version", Kind::Text),
    Column("cipher", Kind::Text),
    Column("bits", Kind::Number),
    Column("client_dn", Kind::Text),
    Column("client_serial", Kind::Number),
    Column("issuer_dn", Kind::Text),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    vec![vec![
        ("datid", super::pg_database::NUMBER.into()),
        ("datname", CATALOG.into()),
        ("pid", source.settings.process().into()),
        ("usesysid", number_of_user(source.settings.user()).into()),
        ("usename", source.settings.user().into()),
        ("application_name", source.settings.value("application_name").into()),
        ("state", "active".into()),
        ("backend_type", "client backend".into()),
        ("ssl", source.settings.is_encrypted().into()),
    ]]
}
