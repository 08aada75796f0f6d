//! The session and what answers it.

pub(super) mod current_catalog;
pub(super) mod current_database;
pub(super) mod current_role;
pub(super) mod current_schema;
pub(super) mod current_setting;
pub(super) mod current_user;
pub(super) mod own_value;
pub(super) mod pg_backend_pid;
pub(super) mod pg_postmaster_start_time;
pub(super) mod pg_typeof;
pub(super) mod session_user;
pub(super) mod set_config;
pub(super) mod user;
pub(super) mod version;
