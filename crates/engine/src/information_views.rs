//! The views of `information_schema` of which Census has few rows, or none: each has the columns of PostgreSQL's.

use crate::pg_catalog::Kind::{Name, Number, Text, Timestamp};
use crate::pg_catalog::{Column, Row, Source, SystemRelation};
use crate::tables::CATALOG;

/// The views, by name.
pub(crate) static VIEWS: [SystemRelation; 16] = [
    SystemRelation {
        name: "applicable_roles",
        oid: 0,
        columns: &[
            Column("grantee", Name),
            Column("role_name", Name),
            Column("is_grantable", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "character_sets",
        oid: 0,
        columns: &[
            Column("character_set_catalog", Name),
            Column("character_set_schema", Name),
            Column("character_set_name", Name),
            Column("character_repertoire", Name),
            Column("form_of_use", Name),
            Column("default_collate_catalog", Name),
            Column("default_collate_schema", Name),
            Column("default_collate_name", Name),
        ],
        rows: character_sets,
    },
    SystemRelation {
        name: "check_constraints",
        oid: 0,
        columns: &[
            Column("constraint_catalog", Name),
            Column("constraint_schema", Name),
            Column("constraint_name", Name),
            Column("check_clause", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "collations",
        oid: 0,
        columns: &[
            Column("collation_catalog", Name),
            Column("collation_schema", Name),
            Column("collation_name", Name),
            Column("pad_attribute", Text),
        ],
        rows: collations,
    },
    SystemRelation {
        name: "column_privileges",
        oid: 0,
        columns: &[
            Column("grantor", Name),
            Column("grantee", Name),
            Column("table_catalog", Name),
            Column("table_schema", Name),
            Column("table_name", Name),
            Column("column_name", Name),
            Column("privilege_type", Text),
            Column("is_grantable", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "domains",
        oid: 0,
        columns: &[
            Column("domain_catalog", Name),
            Column("domain_schema", Name),
            Column("domain_name", Name),
            Column("data_type", Text),
            Column("character_maximum_length", Number),
            Column("character_octet_length", Number),
            Column("character_set_catalog", Name),
            Column("character_set_schema", Name),
            Column("character_set_name", Name),
            Column("collation_catalog", Name),
            Column("collation_schema", Name),
            Column("collation_name", Name),
            Column("numeric_precision", Number),
            Column("numeric_precision_radix", Number),
            Column("numeric_scale", Number),
            Column("datetime_precision", Number),
            Column("interval_type", Text),
            Column("interval_precision", Number),
            Column("domain_default", Text),
            Column("udt_catalog", Name),
            Column("udt_schema", Name),
            Column("udt_name", Name),
            Column("scope_catalog", Name),
            Column("scope_schema", Name),
            Column("scope_name", Name),
            Column("maximum_cardinality", Number),
            Column("dtd_identifier", Name),
        ],
        rows: none,
    },
    SystemRelation {
        name: "element_types",
        oid: 0,
        columns: &[
            Column("object_catalog", Name),
            Column("object_schema", Name),
            Column("object_name", Name),
            Column("object_type", Text),
            Column("collection_type_identifier", Name),
            Column("data_type", Text),
            Column("character_maximum_length", Number),
            Column("character_octet_length", Number),
            Column("character_set_catalog", Name),
            Column("character_set_schema", Name),
            Column("character_set_name", Name),
            Column("collation_catalog", Name),
            Column("collation_schema", Name),
            Column("collation_name", Name),
            Column("numeric_precision", Number),
            Column("numeric_precision_radix", Number),
            Column("numeric_scale", Number),
            Column("datetime_precision", Number),
            Column("interval_type", Text),
            Column("interval_precision", Number),
            Column("domain_default", Text),
            Column("udt_catalog", Name),
            Column("udt_schema", Name),
            Column("udt_name", Name),
            Column("scope_catalog", Name),
            Column("scope_schema", Name),
            Column("scope_name", Name),
            Column("maximum_cardinality", Number),
            Column("dtd_identifier", Name),
        ],
        rows: none,
    },
    SystemRelation {
        name: "enabled_roles",
        oid: 0,
        columns: &[Column("role_name", Name)],
        rows: enabled_roles,
    },
    SystemRelation {
        name: "information_schema_catalog_name",
        oid: 0,
        columns: &[Column("catalog_name", Name)],
        rows: catalog_name,
    },
    SystemRelation {
        name: "parameters",
        oid: 0,
        columns: &[
            Column("specific_catalog", Name),
            Column("specific_schema", Name),
            Column("specific_name", Name),
            Column("ordinal_position", Number),
            Column("parameter_mode", Text),
            Column("is_result", Text),
            Column("as_locator", Text),
            Column("parameter_name", Name),
            Column("data_type", Text),
            Column("character_maximum_length", Number),
            Column("character_octet_length", Number),
            Column("character_set_catalog", Name),
            Column("character_set_schema", Name),
            Column("character_set_name", Name),
            Column("collation_catalog", Name),
            Column("collation_schema", Name),
            Column("collation_name", Name),
            Column("numeric_precision", Number),
            Column("numeric_precision_radix", Number),
            Column("numeric_scale", Number),
            Column("datetime_precision", Number),
            Column("interval_type", Text),
            Column("interval_precision", Number),
            Column("udt_catalog", Name),
            Column("udt_schema", Name),
            Column("udt_name", Name),
            Column("scope_catalog", Name),
            Column("scope_schema", Name),
            Column("scope_name", Name),
            Column("maximum_cardinality", Number),
            Column("dtd_identifier", Name),
            Column("parameter_default", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "role_column_grants",
        oid: 0,
        columns: &[
            Column("grantor", Name),
            Column("grantee", Name),
            Column("table_catalog", Name),
            Column("table_schema", Name),
            Column("table_name", Name),
            Column("column_name", Name),
            Column("privilege_type", Text),
            Column("is_grantable", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "role_table_grants",
        oid: 0,
        columns: &[
            Column("grantor", Name),
            Column("grantee", Name),
            Column("table_catalog", Name),
            Column("table_schema", Name),
            Column("table_name", Name),
            Column("privilege_type", Text),
            Column("is_grantable", Text),
            Column("with_hierarchy", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "sequences",
        oid: 0,
        columns: &[
            Column("sequence_catalog", Name),
            Column("sequence_schema", Name),
            Column("sequence_name", Name),
            Column("data_type", Text),
            Column("numeric_precision", Number),
            Column("numeric_precision_radix", Number),
            Column("numeric_scale", Number),
            Column("start_value", Text),
            Column("minimum_value", Text),
            Column("maximum_value", Text),
            Column("increment", Text),
            Column("cycle_option", Text),
        ],
        rows: none,
    },
    SystemRelation {
        name: "table_privileges",
        oid: 0,
        columns: &[
            Column("grantor", Name),
            Column("grantee", Name),
            Column("table_catalog", Name),
            Column("table_schema", Name),
            Column("table_name", Name),
            Column("privilege_type", Text),
            Column("is_grantable", Text),
            Column("with_hierarchy", Text),
        ],
        rows: table_privileges,
    },
    SystemRelation {
        name: "triggers",
        oid: 0,
        columns: &[
            Column("trigger_catalog", Name),
            Column("trigger_schema", Name),
            Column("trigger_name", Name),
            Column("event_manipulation", Text),
            Column("event_object_catalog", Name),
            Column("event_object_schema", Name),
            Column("event_object_table", Name),
            Column("action_order", Number),
            Column("action_condition", Text),
            Column("action_statement", Text),
            Column("action_orientation", Text),
            Column("action_timing", Text),
            Column("action_reference_old_table", Name),
            Column("action_reference_new_table", Name),
            Column("action_reference_old_row", Name),
            Column("action_reference_new_row", Name),
            Column("created", Timestamp),
        ],
        rows: none,
    },
    SystemRelation {
        name: "usage_privileges",
        oid: 0,
        columns: &[
            Column("grantor", Name),
            Column("grantee", Name),
            Column("object_catalog", Name),
            Column("object_schema", Name),
            Column("object_name", Name),
            Column("object_type", Text),
            Column("privilege_type", Text),
            Column("is_grantable", Text),
        ],
        rows: none,
    },
];

/// Finds a view by its name.
pub(crate) fn find(name: &str) -> Option<&'static SystemRelation> {
    VIEWS.iter().find(|view| view.name == name)
}

fn none(_: &Source<'_>) -> Vec<Row> {
    Vec::new()
}

fn character_sets(_: &Source<'_>) -> Vec<Row> {
    vec![vec![
        ("character_set_name", "UTF8".into()),
        ("character_repertoire", "UCS".into()),
        ("form_of_use", "UTF8".into()),
        ("default_collate_catalog", CATALOG.into()),
        ("default_collate_schema", "pg_catalog".into()),
        ("default_collate_name", "C".into()),
    ]]
}

fn collations(_: &Source<'_>) -> Vec<Row> {
    let row = |name: &str| -> Row {
        vec![
            ("collation_catalog", CATALOG.into()),
            ("collation_schema", "pg_catalog".into()),
            ("collation_name", name.into()),
            ("pad_attribute", "NO PAD".into()),
        ]
    };
    ["C", "POSIX", "default"].into_iter().map(row).collect()
}

fn enabled_roles(source: &Source<'_>) -> Vec<Row> {
    vec![vec![("role_name", source.settings.user().into())]]
}

fn catalog_name(_: &Source<'_>) -> Vec<Row> {
    vec![vec![("catalog_name", CATALOG.into())]]
}

/// Returns what everybody may do: read.
fn table_privileges(source: &Source<'_>) -> Vec<Row> {
    let relations = source.catalog.relations().iter();
    relations
        .map(|relation| -> Row {
            vec![
                ("grantor", CATALOG.into()),
                ("grantee", "PUBLIC".into()),
                ("table_catalog", CATALOG.into()),
                ("table_schema", relation.schema.as_str().into()),
                ("table_name", relation.name.as_str().into()),
                ("privilege_type", "SELECT".into()),
                ("is_grantable", "NO".into()),
                ("with_hierarchy", "YES".into()),
            ]
        })
        .collect()
}
