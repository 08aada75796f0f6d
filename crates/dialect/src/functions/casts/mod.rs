//! What casts become; `casts.rs` of this crate decides which.

pub(super) mod bigint_in;
pub(super) mod bigint_of_float8;
pub(super) mod bigint_of_numeric;
pub(super) mod boolean_in;
pub(super) mod bytea_in;
pub(super) mod date_in;
pub(super) mod date_of_timestamp;
pub(super) mod float8_in;
pub(super) mod float8_of_number;
pub(super) mod hstore_in;
pub(super) mod inet_in;
pub(super) mod interval_in;
pub(super) mod interval_of_time;
pub(super) mod json_in;
pub(super) mod json_of_stored;
pub(super) mod numeric_in;
pub(super) mod numeric_of_number;
pub(super) mod text_out;
pub(super) mod time_in;
pub(super) mod time_of;
pub(super) mod timestamp_in;
pub(super) mod timestamp_of_date;
