//! Functions that give rows, and the lists that their rows are the items of.

pub(super) mod each;
pub(super) mod generate_series;
pub(super) mod generate_subscripts;
pub(super) mod json_array_elements;
pub(super) mod json_array_elements_text;
pub(super) mod json_each;
pub(super) mod json_each_text;
pub(super) mod json_object_keys;
pub(super) mod ordinals;
pub(super) mod regexp_matches;
pub(super) mod regexp_split_to_table;
pub(super) mod series;
pub(super) mod skeys;
pub(super) mod string_to_table;
pub(super) mod svals;
pub(super) mod unnest;
