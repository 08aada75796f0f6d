//! The one error of Census: what PostgreSQL's `ErrorResponse` carries, rendered late by whoever shows it.
//!
//! Libraries keep a `thiserror` enum of their own and convert it into [`Error`] at their border;
//! terminals, the wire, HTTP and agents render it from here. This crate knows none of them.

mod error;
mod render;
mod sqlstate;

pub use error::{Error, Fault, Result, Span};
pub use render::terminal;
pub use sqlstate::SqlState;
