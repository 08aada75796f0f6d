//! Windows: their names, frames and what frames leave out.

mod definitions;
mod exclusion;
mod frames;
mod offset;
mod rewrite;

pub(crate) use definitions::rewrite;
pub(crate) use exclusion::{Exclusion, rewrite_tokens};
pub(crate) use offset::rounded;
pub use rewrite::WindowFrameRewrite;
