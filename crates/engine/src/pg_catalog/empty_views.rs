//! Views of what Census has none of: they have their columns, and no rows.

use super::empty::without_rows;
use super::relation::Kind::{Bool, Double, Name, Number, Oid, Text, Texts, Timestamp};
use super::relation::{Column, SystemRelation};

/// The views, by name.
pub(super) static VIEWS: [SystemRelation; 15] = [
    without_rows(
        "pg_available_extensions",
        0,
        &[
            Column("name", Name),
            Column("default_version", Text),
            Column("installed_version", Text),
            Column("comment", Text),
        ],
    ),
    without_rows(
        "pg_locks",
        0,
        &[
            Column("locktype", Text),
            Column("database", Oid),
            Column("relation", Oid),
            Column("pid", Number),
            Column("mode", Text),
            Column("granted", Bool),
        ],
    ),
    without_rows(
        "pg_matviews",
        0,
        &[
            Column("schemaname", Name),
            Column("matviewname", Name),
            Column("matviewowner", Name),
            Column("tablespace", Name),
            Column("hasindexes", Bool),
            Column("ispopulated", Bool),
            Column("definition", Text),
        ],
    ),
    without_rows(
        "pg_policies",
        0,
        &[
            Column("schemaname", Name),
            Column("tablename", Name),
            Column("policyname", Name),
            Column("permissive", Text),
            Column("roles", Texts),
            Column("cmd", Text),
            Column("qual", Text),
            Column("with_check", Text),
        ],
    ),
    without_rows(
        "pg_prepared_xacts",
        0,
        &[
            Column("transaction", Oid),
            Column("gid", Text),
            Column("owner", Name),
            Column("database", Name),
        ],
    ),
    without_rows(
        "pg_rules",
        0,
        &[
            Column("schemaname", Name),
            Column("tablename", Name),
            Column("rulename", Name),
            Column("definition", Text),
        ],
    ),
    without_rows(
        "pg_sequences",
        0,
        &[
            Column("schemaname", Name),
            Column("sequencename", Name),
            Column("sequenceowner", Name),
            Column("data_type", Oid),
            Column("start_value", Number),
            Column("min_value", Number),
            Column("max_value", Number),
            Column("increment_by", Number),
            Column("cycle", Bool),
            Column("cache_size", Number),
            Column("last_value", Number),
        ],
    ),
    without_rows(
        "pg_stat_activity",
        0,
        &[
            Column("datid", Oid),
            Column("datname", Name),
            Column("pid", Number),
            Column("usesysid", Oid),
            Column("usename", Name),
            Column("application_name", Text),
            Column("client_addr", Text),
            Column("backend_start", Timestamp),
            Column("query_start", Timestamp),
            Column("state", Text),
            Column("query", Text),
        ],
    ),
    without_rows(
        "pg_stat_all_tables",
        0,
        &[
            Column("relid", Oid),
            Column("schemaname", Name),
            Column("relname", Name),
            Column("seq_scan", Number),
            Column("seq_tup_read", Number),
            Column("n_live_tup", Number),
            Column("n_dead_tup", Number),
            Column("last_vacuum", Timestamp),
            Column("last_analyze", Timestamp),
        ],
    ),
    without_rows(
        "pg_stat_database",
        0,
        &[
            Column("datid", Oid),
            Column("datname", Name),
            Column("numbackends", Number),
            Column("xact_commit", Number),
            Column("xact_rollback", Number),
        ],
    ),
    without_rows(
        "pg_stat_user_tables",
        0,
        &[
            Column("relid", Oid),
            Column("schemaname", Name),
            Column("relname", Name),
            Column("seq_scan", Number),
            Column("seq_tup_read", Number),
            Column("n_live_tup", Number),
            Column("n_dead_tup", Number),
            Column("last_vacuum", Timestamp),
            Column("last_analyze", Timestamp),
        ],
    ),
    without_rows(
        "pg_statio_user_tables",
        0,
        &[
            Column("relid", Oid),
            Column("schemaname", Name),
            Column("relname", Name),
            Column("heap_blks_read", Number),
            Column("heap_blks_hit", Number),
        ],
    ),
    without_rows(
        "pg_stats",
        0,
        &[
            Column("schemaname", Name),
            Column("tablename", Name),
            Column("attname", Name),
            Column("null_frac", Double),
            Column("n_distinct", Double),
        ],
    ),
    without_rows(
        "pg_timezone_names",
        0,
        &[
            Column("name", Text),
            Column("abbrev", Text),
            Column("utc_offset", Text),
            Column("is_dst", Bool),
        ],
    ),
    without_rows(
        "pg_user_mappings",
        0,
        &[
            Column("umid", Oid),
            Column("srvid", Oid),
            Column("srvname", Name),
            Column("umuser", Oid),
            Column("usename", Name),
            Column("umoptions", Texts),
        ],
    ),
];
