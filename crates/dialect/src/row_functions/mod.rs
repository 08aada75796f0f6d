//! Functions that give rows, in FROM and in the select list, and the names of what stands in FROM.

mod planner;
mod rewrite;
mod series;

pub use planner::Relations;
pub use rewrite::expand;
pub(crate) use rewrite::{MARK, call};
