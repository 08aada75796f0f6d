//! Functions of PostgreSQL's hstore module.

pub(super) mod akeys;
pub(super) mod avals;
pub(super) mod exist;
pub(super) mod get;
pub(super) mod hstore_of_text;
pub(super) mod sort_key;
