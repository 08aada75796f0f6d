//! What subqueries become.

pub(super) mod array_of;
pub(super) mod only_row;
pub(super) mod with_ties;
