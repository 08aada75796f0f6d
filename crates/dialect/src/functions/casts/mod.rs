//! What casts become; `casts.rs` of this crate decides which.

pub(super) mod hstore_in;
pub(super) mod json_in;
pub(super) mod text_out;
