//! `pg_settings`: the settings of the session.

use super::relation::{Column, Kind, Row, Source, SystemRelation};
use crate::settings::{Kind as Values, Setting, Unit, settings};

pub(super) const RELATION: SystemRelation =
    SystemRelation { name: "pg_settings", oid: 0, columns: COLUMNS, rows };

const COLUMNS: &[Column] = &[
    Column("name", Kind::Text),
    Column("setting", Kind::Text),
    Column("unit", Kind::Text),
    Column("category", Kind::Text),
    Column("short_desc", Kind::Text),
    Column("extra_desc", Kind::Text),
    Column("context", Kind::Text),
    Column("vartype", Kind::Text),
    Column("source", Kind::Text),
    Column("min_val", Kind::Text),
    Column("max_val", Kind::Text),
    Column("enumvals", Kind::Texts),
    Column("boot_val", Kind::Text),
    Column("reset_val", Kind::Text),
    Column("sourcefile", Kind::Text),
    Column("sourceline", Kind::Number),
    Column("pending_restart", Kind::Bool),
];

fn rows(source: &Source<'_>) -> Vec<Row> {
    let row = |setting: &Setting| -> Row {
        vec![
            ("name", setting.name.into()),
            ("setting", source.settings.value(setting.name).into()),
            ("category", "Census".into()),
            ("short_desc", setting.description.into()),
            ("context", context(setting).into()),
            ("vartype", kind(setting).into()),
            ("source", "default".into()),
            ("boot_val", setting.default.into()),
            ("reset_val", setting.default.into()),
        ]
    };
    settings().iter().map(row).collect()
}

/// Returns who may change a setting, as PostgreSQL says it.
fn context(setting: &Setting) -> &'static str {
    match setting.kind {
        Values::Fixed => "internal",
        Values::Privileged => "superuser",
        _ => "user",
    }
}

/// Returns what a setting's values are, as PostgreSQL says it.
fn kind(setting: &Setting) -> &'static str {
    match setting.kind {
        Values::Switch => "bool",
        Values::Integer { unit: Unit::None, .. } => "integer",
        Values::Real { .. } => "real",
        Values::Words(_) => "enum",
        // A number with its unit is shown as one text.
        _ => "string",
    }
}
