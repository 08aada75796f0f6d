//! The protocol's messages: frames that are read and written, and what they hold.

pub(crate) mod backend;
mod body;
pub(crate) mod frontend;
mod stream;

pub(crate) use body::Body;
pub(crate) use stream::Wire;
