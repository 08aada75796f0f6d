//! Functions over tags, whose values are sorted lists with commas between them.

pub(super) mod has_tag;
pub(super) mod tag_values;

/// What stands between two values of a tag.
const SEPARATOR: char = ',';
