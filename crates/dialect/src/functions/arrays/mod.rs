//! Arrays: their functions, and what their syntax and operators stand for.

pub(super) mod array_append;
pub(super) mod array_cat;
pub(super) mod array_dims;
pub(super) mod array_fill;
pub(super) mod array_length;
pub(super) mod array_lower;
pub(super) mod array_ndims;
pub(super) mod array_position;
pub(super) mod array_positions;
pub(super) mod array_prepend;
pub(super) mod array_remove;
pub(super) mod array_replace;
pub(super) mod array_to_string;
pub(super) mod array_upper;
pub(super) mod cardinality;
pub(super) mod cast;
pub(super) mod contains;
pub(super) mod flat;
mod items;
mod lists;
pub(super) mod make;
pub(super) mod overlaps;
pub(super) mod quantified;
pub(super) mod rectangular;
pub(super) mod slice;
pub(super) mod sort_key;
pub(super) mod string_to_array;
pub(super) mod subscript;
pub(super) mod subscripts;
pub(super) mod trim_array;

pub(super) use items::common_item;
pub(crate) use items::{are_equal_as_they_are, read_array};
pub(crate) use subscript::JSON_PART_HINT;
