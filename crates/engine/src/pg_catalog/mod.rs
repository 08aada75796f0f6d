//! The relations of `pg_catalog`: one file a relation that has rows, one line each in the list.
//!
//! Clients find schemas, datasets, columns, types and their descriptions here, as they do in PostgreSQL. What Census
//! has none of (triggers, sequences, policies, …) are relations without rows.

mod base_type;
mod empty;
mod empty_views;
mod pg_am;
mod pg_attribute;
mod pg_class;
mod pg_collation;
mod pg_constraint;
mod pg_database;
mod pg_description;
mod pg_extension;
mod pg_index;
mod pg_indexes;
mod pg_language;
mod pg_namespace;
mod pg_proc;
mod pg_roles;
mod pg_settings;
mod pg_stat_activity;
mod pg_tables;
mod pg_tablespace;
mod pg_type;
mod pg_views;
mod relation;

pub(crate) use relation::{Column, Kind, Row, Source, SystemRelation};

use census_dialect::catalog::{CatalogColumn, CatalogRelation};

/// The number of the user that everything belongs to.
const OWNER: i64 = 10;

/// The relations that have rows.
const WITH_ROWS: [&SystemRelation; 23] = [
    &pg_am::RELATION,
    &pg_attribute::RELATION,
    &pg_class::RELATION,
    &pg_collation::RELATION,
    &pg_constraint::RELATION,
    &pg_database::RELATION,
    &pg_description::RELATION,
    &pg_extension::RELATION,
    &pg_index::RELATION,
    &pg_indexes::RELATION,
    &pg_language::RELATION,
    &pg_namespace::RELATION,
    &pg_proc::RELATION,
    &pg_roles::RELATION,
    &pg_roles::SHADOWS,
    &pg_roles::USERS,
    &pg_settings::RELATION,
    &pg_stat_activity::RELATION,
    &pg_stat_activity::ENCRYPTION,
    &pg_tables::RELATION,
    &pg_tablespace::RELATION,
    &pg_type::RELATION,
    &pg_views::RELATION,
];

/// Returns every relation of `pg_catalog`.
fn all() -> impl Iterator<Item = &'static SystemRelation> {
    WITH_ROWS.into_iter().chain(&empty::TABLES).chain(&empty_views::VIEWS)
}

/// Finds a relation of `pg_catalog` by its name.
pub(crate) fn find(name: &str) -> Option<&'static SystemRelation> {
    all().find(|relation| relation.name == name)
}

/// Returns the relations as the catalog lists them.
pub(crate) fn listed() -> impl Iterator<Item = CatalogRelation> {
    all().map(|relation| CatalogRelation {
        oid: relation.oid,
        schema: "pg_catalog".to_owned(),
        name: relation.name.to_owned(),
        is_view: relation.oid == 0,
        description: String::new(),
        columns: relation
            .columns
            .iter()
            .map(|Column(name, kind)| CatalogColumn {
                name: (*name).to_owned(),
                sql_type: kind.sql_type(),
                is_nullable: true,
                description: String::new(),
            })
            .collect(),
        primary_key: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_numbers_are_there_once() {
        let names: BTreeSet<&str> = all().map(|relation| relation.name).collect();
        assert_eq!(names.len(), all().count());
        let numbers = || all().map(|relation| relation.oid).filter(|oid| *oid != 0);
        assert_eq!(numbers().collect::<BTreeSet<i64>>().len(), numbers().count());
    }
}
